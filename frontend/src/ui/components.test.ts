import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { toastLife, useToasts } from './toast';
import UiButton from './UiButton.vue';
import UiErrorState from './UiErrorState.vue';
import UiErrorSummary from './UiErrorSummary.vue';
import UiFilterChip from './UiFilterChip.vue';
import UiMeter from './UiMeter.vue';
import UiToaster from './UiToaster.vue';

describe('button', () => {
  it('refuses a second press while busy, but keeps the focus', async () => {
    const pressed = vi.fn();
    const button = mount(UiButton, { props: { busy: true }, attrs: { onClick: pressed }, attachTo: document.body });
    button.element.focus();
    await button.trigger('click');
    expect(pressed).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(button.element);
    await button.setProps({ busy: false });
    await button.trigger('click');
    expect(pressed).toHaveBeenCalledOnce();
  });

  it('is a link when it has an address', () => {
    const link = mount(UiButton, { props: { href: '/api/v1/export.csv' } });
    expect(link.element.tagName).toBe('A');
    expect(link.attributes('type')).toBeUndefined();
  });
});

describe('meter', () => {
  it.each([
    [32, '32%'],
    [140, '100%'],
    [-5, '0%'],
  ])('%i fills %s', (value, width) => {
    const meter = mount(UiMeter, { props: { label: '进度', value, text: `${value}%` } });
    expect((meter.get('.ui-meter-fill').element as HTMLElement).style.width).toBe(width);
    expect(meter.get('[role=meter]').attributes('aria-valuetext')).toBe(`${value}%`);
  });
});

describe('filter chip', () => {
  const options = [
    { value: 'a', label: '南山区', count: 3 },
    { value: 'b', label: '福田区', count: 0 },
  ];

  // The choices are fetched when a chip is first opened; here the fetch shall not count against the wait.
  beforeAll(() => import('./UiFilterPanel.vue'));

  async function choose(chip: VueWrapper, label: string) {
    if (!document.querySelector('.ui-popover')) await chip.get('button').trigger('click');
    const option = await vi.waitFor(() => {
      const found = [...document.querySelectorAll<HTMLElement>('[role=option]')].find(({ textContent }) => textContent?.includes(label));
      return found ?? Promise.reject(new Error(`no option ${label}`));
    });
    option.click();
    await flushPromises();
  }

  it('says what it keeps', async () => {
    const chip = mount(UiFilterChip, { props: { label: '所在区', options, modelValue: [] as string[] } });
    expect(chip.text()).toBe('所在区');
    await chip.setProps({ modelValue: ['a'] });
    expect(chip.text()).toContain('南山区');
    await chip.setProps({ modelValue: ['a', 'b'] });
    expect(chip.text()).toContain('已选 2 项');
    await chip.setProps({ modelValue: ['gone'] });
    expect(chip.text()).toContain('gone');
  });

  it('adds the option that is chosen', async () => {
    const chip = mount(UiFilterChip, { props: { label: '所在区', options, modelValue: ['b'] }, attachTo: document.body });
    await choose(chip, '南山区');
    expect(chip.emitted('update:modelValue')?.at(-1)).toEqual([['b', 'a']]);
    chip.unmount();
  });

  it('keeps one choice at most where one is all there can be', async () => {
    const chip = mount(UiFilterChip, { props: { label: '滞后', options, modelValue: ['b'], single: true }, attachTo: document.body });
    await choose(chip, '南山区');
    expect(chip.emitted('update:modelValue')?.at(-1)).toEqual([['a']]);
    await choose(chip, '南山区');
    expect(chip.emitted('update:modelValue')?.at(-1), 'a second press takes it back').toEqual([[]]);
    chip.unmount();
  });

  it('lets go of everything by its cross', async () => {
    const chip = mount(UiFilterChip, { props: { label: '所在区', options, modelValue: ['a', 'b'] } });
    await chip.get('[aria-label="清除“所在区”"]').trigger('click');
    expect(chip.emitted('update:modelValue')).toEqual([[[]]]);
  });
});

describe('error summary', () => {
  it('takes the focus when errors come and leads to the fields', async () => {
    const field = document.createElement('input');
    field.id = 'name';
    document.body.append(field);
    const summary = mount(UiErrorSummary, { props: { errors: [] as { id: string; message: string }[] }, attachTo: document.body });
    expect(summary.find('[role=alert]').exists()).toBe(false);
    await summary.setProps({ errors: [{ id: 'name', message: '请填写名称' }] });
    await flushPromises();
    expect(document.activeElement).toBe(summary.get('[role=alert]').element);
    await summary.get('a').trigger('click');
    expect(document.activeElement).toBe(field);
  });
});

describe('error state', () => {
  it('offers to try again', async () => {
    const state = mount(UiErrorState, { props: { text: '无法连接服务器' } });
    expect(state.attributes('role')).toBe('alert');
    await state.get('button').trigger('click');
    expect(state.emitted('retry')).toHaveLength(1);
  });
});

describe('toasts', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('good news goes by itself, bad news stays until closed', async () => {
    const toaster = mount(UiToaster);
    const toasts = useToasts();
    toasts.bad('没有保存');
    toasts.ok('已保存');
    await vi.advanceTimersByTimeAsync(toastLife - 1);
    expect(toaster.text()).toContain('已保存');
    await vi.advanceTimersByTimeAsync(1);
    expect(toaster.text()).not.toContain('已保存');
    await vi.advanceTimersByTimeAsync(toastLife * 10);
    expect(toaster.text()).toContain('没有保存');
    await toaster.get('.ui-icon-button').trigger('click');
    expect(toaster.text()).toBe('');
    toaster.unmount();
  });

  it('waits while the pointer rests on it, and can undo', async () => {
    const toaster = mount(UiToaster);
    const run = vi.fn();
    useToasts().ok('已催报 3 项', { label: '撤销', run });
    await toaster.trigger('mouseenter');
    await vi.advanceTimersByTimeAsync(toastLife * 2);
    expect(toaster.text()).toContain('已催报');
    await toaster.get('.ui-button').trigger('click');
    expect(run).toHaveBeenCalledOnce();
    expect(toaster.text()).toBe('');
    toaster.unmount();
  });
});
