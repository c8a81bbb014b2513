import { flushPromises, mount } from '@vue/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { soonPart } from './soonPart';

const form = defineComponent({ render: () => h('form') });

describe('what somebody will ask for', () => {
  it('is fetched by itself, after the page', async () => {
    vi.useFakeTimers();
    const load = vi.fn(() => Promise.resolve(form));
    soonPart(load);
    expect(load).not.toHaveBeenCalled();
    await vi.runAllTimersAsync();
    expect(load).toHaveBeenCalledOnce();
    vi.useRealTimers();
  });

  it('is asked for again when the line had lost it', async () => {
    vi.useFakeTimers();
    const load = vi.fn<() => Promise<typeof form>>().mockRejectedValueOnce(new Error('lost')).mockResolvedValue(form);
    const Form = soonPart(load);
    await vi.runAllTimersAsync();
    vi.useRealTimers();
    const view = mount({ render: () => h('div', [h(Form)]) });
    await flushPromises();
    expect(view.find('form').exists()).toBe(true);
  });
});
