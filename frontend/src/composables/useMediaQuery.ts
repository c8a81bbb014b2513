import { onScopeDispose, readonly, ref } from 'vue';

/** Whether a media query holds now, and as the window changes. */
export function useMediaQuery(query: string) {
  const list = matchMedia(query);
  const matches = ref(list.matches);
  const follow = () => (matches.value = list.matches);
  list.addEventListener('change', follow);
  onScopeDispose(() => list.removeEventListener('change', follow));
  return readonly(matches);
}

/** The width below which the side bar moves to the bottom and columns are dropped. */
export const phone = '(max-width: 760px)';
