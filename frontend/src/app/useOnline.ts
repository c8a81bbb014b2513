import { onScopeDispose, readonly, ref } from 'vue';

/** Whether the browser believes it has a network. */
export function useOnline() {
  const online = ref(navigator.onLine);
  const follow = () => (online.value = navigator.onLine);
  addEventListener('online', follow);
  addEventListener('offline', follow);
  onScopeDispose(() => {
    removeEventListener('online', follow);
    removeEventListener('offline', follow);
  });
  return readonly(online);
}
