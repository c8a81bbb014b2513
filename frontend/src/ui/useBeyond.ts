import { onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue';

/** How many columns lie beyond the right edge, wholly or in part, so that none is cut unnoticed. */
export function useBeyond(scroller: Readonly<Ref<HTMLElement | null>>, layout: () => unknown) {
  const beyond = ref(0);
  function count() {
    const box = scroller.value;
    if (!box) return;
    const edge = box.scrollLeft + box.clientWidth + 1;
    const headings = [...box.querySelectorAll<HTMLElement>('th')];
    beyond.value = box.scrollWidth <= edge ? 0 : headings.filter((heading) => heading.offsetLeft + heading.offsetWidth > edge).length;
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
  return { beyond, further: () => scroller.value?.scrollBy({ left: scroller.value.clientWidth / 2 }) };
}
