import { nextTick, onBeforeUnmount, onMounted, ref, shallowRef, toValue, watch, type Component, type MaybeRefOrGetter } from 'vue';
import { quiet } from '@/api/network';
import type { Day } from './scale';

/** More rows than anybody leafs through would stop the browser. */
export const mostOnPaper = 500;

type Days = { first: Day; end: Day };

/**
 * The timeline on paper, whoever asks for it: the page's own button, which first fetches
 * what is not loaded yet, or the browser's, which waits for nothing and gets what there is.
 */
export function useTimelinePaper({ ready, shown, fetchUpTo }: {
  ready: MaybeRefOrGetter<boolean>;
  /** The days in view. */
  shown: () => Days | null | undefined;
  fetchUpTo: (rows: number) => Promise<void>;
}) {
  const TimelinePaper = shallowRef<Component | null>(null);
  const days = shallowRef<Days | null>(null);
  const preparing = ref(false);

  // Fetched once there is something to print: the browser would not wait for it later.
  const fetchPaper = async () => void (TimelinePaper.value ??= (await import('./TimelinePaper.vue')).default);
  watch(() => toValue(ready), (now) => now && void quiet().then(fetchPaper).catch(() => undefined), { immediate: true });

  const lay = () => (days.value = toValue(ready) ? (shown() ?? null) : null);
  const clear = () => (days.value = null);
  onMounted(() => {
    addEventListener('beforeprint', lay);
    addEventListener('afterprint', clear);
  });
  onBeforeUnmount(() => {
    removeEventListener('beforeprint', lay);
    removeEventListener('afterprint', clear);
  });

  /** Prints all rows there are, as far as paper goes; throws where they cannot be had. */
  async function print() {
    preparing.value = true;
    try {
      await Promise.all([fetchUpTo(mostOnPaper), fetchPaper()]);
      lay();
      await nextTick(); // a script's print() does not wait for the rows to be made
      window.print();
    } finally {
      preparing.value = false;
      clear();
    }
  }

  return { TimelinePaper, days, preparing, print };
}
