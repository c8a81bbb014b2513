import { onBeforeUnmount, ref, type Ref } from 'vue';

/**
 * Counts to `most` from when `start` is through, one in each task: what is drawn by it comes in pieces, and the browser
 * answers its reader between them.
 */
export function useTurns(most: number, start: () => Promise<void>): Readonly<Ref<number>> {
  const turn = ref(0);
  let next: ReturnType<typeof setTimeout> | undefined;
  let gone = false;
  function count() {
    if (gone || turn.value === most) return;
    turn.value += 1;
    next = setTimeout(count);
  }
  void start().then(count);
  onBeforeUnmount(() => {
    gone = true;
    clearTimeout(next);
  });
  return turn;
}
