import { mount } from '@vue/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { defineComponent, type Ref } from 'vue';
import { useTurns } from './useTurns';

function counted(start: () => Promise<void>) {
  let turn!: Readonly<Ref<number>>;
  const Panels = defineComponent({
    setup() {
      turn = useTurns(3, start);
      return () => null;
    },
  });
  return { view: mount(Panels), turn: () => turn.value };
}

describe('what is drawn in turns', () => {
  it('waits for its start, and then comes one in each task', async () => {
    vi.useFakeTimers();
    let begin!: () => void;
    const { turn } = counted(() => new Promise((resolve) => (begin = resolve)));
    await vi.runAllTimersAsync();
    expect(turn()).toBe(0);
    begin();
    await Promise.resolve();
    expect(turn()).toBe(1);
    vi.advanceTimersToNextTimer();
    expect(turn()).toBe(2);
    await vi.runAllTimersAsync();
    expect(turn()).toBe(3);
  });

  it('ends with the page', async () => {
    vi.useFakeTimers();
    const { view, turn } = counted(() => Promise.resolve());
    await Promise.resolve();
    view.unmount();
    await vi.runAllTimersAsync();
    expect(turn()).toBe(1);
  });
});
