import { mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import { defineComponent, nextTick, ref } from 'vue';
import { useFixedRows } from './useFixedRows';

// The test document has no layout; what scrolls is 400 pixels high.
beforeEach(() => {
  Object.defineProperty(HTMLDivElement.prototype, 'clientHeight', { get: () => 400, configurable: true });
});

async function list(count: number) {
  const rows = ref(count);
  let fixed!: ReturnType<typeof useFixedRows>;
  const view = mount(
    defineComponent({
      setup() {
        const scroller = ref<HTMLElement | null>(null);
        fixed = useFixedRows({ scroller, count: () => rows.value, height: () => 40, lead: () => 38 });
        return { scroller };
      },
      template: '<div ref="scroller" />',
    }),
  );
  await nextTick();
  return { rows, fixed, scroller: view.element as HTMLElement };
}

describe('rows of one height', () => {
  it('are those in view and a few more', async () => {
    const { fixed, scroller } = await list(100_000);
    expect([fixed.first.value, fixed.end.value, fixed.totalHeight.value]).toEqual([0, 14, 4_000_000]);
    scroller.scrollTop = 2_000_020;
    scroller.dispatchEvent(new Event('scroll'));
    expect([fixed.first.value, fixed.end.value]).toEqual([49_996, 50_015]);
  });

  it('end where there are no more, also when the list has become shorter', async () => {
    const { rows, fixed, scroller } = await list(1000);
    scroller.scrollTop = 39_600;
    scroller.dispatchEvent(new Event('scroll'));
    expect(fixed.end.value).toBe(1000);
    rows.value = 5;
    expect([fixed.first.value, fixed.end.value]).toEqual([0, 5]);
  });

  it('are scrolled no further than needed', async () => {
    const { fixed, scroller } = await list(1000);
    fixed.reveal(4);
    expect(scroller.scrollTop).toBe(0); // in view already
    fixed.reveal(20);
    expect(scroller.scrollTop).toBe(20 * 40 + 40 + 38 - 400);
    fixed.reveal(2);
    expect(scroller.scrollTop).toBe(80);
    expect(fixed.first.value).toBe(0);
  });
});
