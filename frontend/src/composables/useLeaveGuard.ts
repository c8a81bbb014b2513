import { onScopeDispose, shallowRef } from 'vue';
import { useRouter } from 'vue-router';

/**
 * Asks before a link leads away from what is being typed: the address changes once
 * `leave` is called, and stays with `stay`. The way to the sign-in page is always free.
 */
export function useLeaveGuard(dirty: () => boolean) {
  const router = useRouter();
  const asking = shallowRef(false);
  let answer: ((leaves: boolean) => void) | undefined;

  const settle = (leaves: boolean) => {
    asking.value = false;
    answer?.(leaves);
    answer = undefined;
  };
  const off = router.beforeEach((to, from) => {
    const elsewhere = to.path !== from.path || to.query['open'] !== from.query['open'];
    if (!dirty() || !elsewhere || to.meta.open) return true;
    settle(false);
    asking.value = true;
    return new Promise<boolean>((resolve) => (answer = resolve));
  });
  onScopeDispose(() => {
    off();
    settle(false);
  });

  return { asking, leave: () => settle(true), stay: () => settle(false) };
}
