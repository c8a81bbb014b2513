import { onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue';

/** A finger needs this many pixels; less of a heading is no button any more. */
const finger = 24;
/** What the note of the columns beyond takes of the line of headings at least, with the space about it. */
const noteWidth = 96;

/**
 * How many columns lie beyond the right edge, wholly or in part, so that none is cut unnoticed; `noteSpan` is how wide
 * the note that says so must be to leave no sliver of the heading under it.
 */
export function useBeyond(scroller: Readonly<Ref<HTMLElement | null>>, layout: () => unknown) {
  const beyond = ref(0);
  const noteSpan = ref(0);
  function count() {
    const box = scroller.value;
    if (!box) return;
    const edge = box.scrollLeft + box.clientWidth + 1;
    const cut = [...box.querySelectorAll<HTMLElement>('th')].filter((heading) => heading.offsetLeft + heading.offsetWidth > edge);
    beyond.value = box.scrollWidth <= edge ? 0 : cut.length;
    const seen = edge - (cut[0]?.offsetLeft ?? edge);
    noteSpan.value = seen < noteWidth + finger ? seen : 0;
  }
  // Down the list the answer stays the same, and asking costs a layout.
  let left = 0;
  function follow() {
    if (scroller.value?.scrollLeft === left) return;
    left = scroller.value?.scrollLeft ?? 0;
    count();
  }
  const sizes = new ResizeObserver(count);
  onMounted(() => {
    scroller.value?.addEventListener('scroll', follow, { passive: true });
    if (scroller.value) sizes.observe(scroller.value);
  });
  onBeforeUnmount(() => sizes.disconnect());
  watch(layout, count, { flush: 'post' });
  return { beyond, noteSpan, further: () => scroller.value?.scrollBy({ left: scroller.value.clientWidth / 2 }) };
}
