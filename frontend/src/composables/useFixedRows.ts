import { computed, onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue';

interface FixedRows {
  /** What scrolls; the rows begin below `lead` pixels of it that stay in sight. */
  scroller: Readonly<Ref<HTMLElement | null>>;
  count: () => number;
  /** The height of every row, in pixels. */
  height: () => number;
  lead?: () => number;
}

/** Rows made beyond those in view, on either side, so that a quick hand meets no gap. */
const spare = 4;

/**
 * Which rows of one height are in view, by two divisions: a hundred thousand cost no
 * more than ten. `first` is the first of them, `end` the one behind the last.
 */
export function useFixedRows({ scroller, count, height, lead = () => 0 }: FixedRows) {
  const top = ref(0);
  const view = ref(0);

  // A list that has become shorter is drawn from its last view, before the browser has scrolled up to it.
  const highest = computed(() => Math.min(top.value, Math.max(0, count() * height() - view.value)));
  const first = computed(() => Math.max(0, Math.floor(highest.value / height()) - spare));
  const end = computed(() => Math.min(count(), Math.ceil((top.value + view.value) / height()) + spare));
  const totalHeight = computed(() => count() * height());

  const follow = () => (top.value = scroller.value?.scrollTop ?? 0);
  // Told once the page is laid out: to ask any sooner would lay it out twice.
  const sizes = new ResizeObserver(() => {
    view.value = scroller.value?.clientHeight ?? 0;
    follow();
  });
  let stop: (() => void) | undefined;
  onMounted(() => {
    stop = watch(
      scroller,
      (element, before) => {
        before?.removeEventListener('scroll', follow);
        sizes.disconnect();
        if (!element) return;
        element.addEventListener('scroll', follow, { passive: true });
        sizes.observe(element);
      },
      { immediate: true, flush: 'post' },
    );
  });
  onBeforeUnmount(() => {
    stop?.();
    scroller.value?.removeEventListener('scroll', follow);
    sizes.disconnect();
  });

  /** Scrolls no further than it takes to see a row whole. */
  function reveal(index: number) {
    if (!scroller.value) return;
    const lowest = index * height();
    const least = lowest + height() + lead() - scroller.value.clientHeight;
    scroller.value.scrollTop = Math.min(lowest, Math.max(scroller.value.scrollTop, least));
    follow(); // the event comes a frame later, the row is wanted now
  }

  return { first, end, totalHeight, reveal };
}
