import { onBeforeUnmount, onMounted } from 'vue';
import { useRouter } from 'vue-router';
import { forPage, singleKeysOn } from '@/composables/useKey';
import { useSession } from '@/features/session/session';
import { goTo, goWithin } from './goTo';
import { overlay } from './overlay';
import { navigation } from './routes';
import { walkRows } from './walkRows';

/** The keys that work on every page. What a page does itself with a key comes first. */
export function useShellKeys(): void {
  const router = useRouter();
  const { can } = useSession();
  let led = 0;

  function go(letter: string): boolean {
    const name = goTo[letter];
    const offered = name === 'inbox' || navigation(can).some((page) => page.name === name);
    if (!name || !offered) return false;
    void router.push({ name });
    return true;
  }

  function single(key: string): boolean {
    const leading = Date.now() - led < goWithin;
    led = 0;
    if (leading && go(key)) return true;
    if (key === 'g') led = Date.now();
    else if (key === '?') overlay.value = 'shortcuts';
    else if (key === '/') overlay.value = 'palette';
    else if (key === 'j' || key === 'k') return walkRows(key === 'j' ? 1 : -1);
    else return false;
    return true;
  }

  function onKey(event: KeyboardEvent) {
    const { key, ctrlKey, metaKey, altKey } = event;
    if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'k') {
      if (document.querySelector('[role=dialog]') && !overlay.value) return; // a form lies on top
      event.preventDefault();
      overlay.value = overlay.value === 'palette' ? '' : 'palette';
    } else if (key.length === 1 && singleKeysOn() && forPage(event) && single(key)) event.preventDefault();
  }

  onMounted(() => addEventListener('keydown', onKey));
  onBeforeUnmount(() => removeEventListener('keydown', onKey));
}
