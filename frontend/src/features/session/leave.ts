import { useRouter } from 'vue-router';
import { forgetDrafts } from '@/lib/kept';
import { useSignOut } from './session';

/** Signs out; nothing typed on this device is left for the next person. */
export function useLeave() {
  const router = useRouter();
  const signOut = useSignOut();
  return async () => {
    await signOut.mutateAsync();
    forgetDrafts();
    await router.replace({ name: 'sign-in' });
  };
}
