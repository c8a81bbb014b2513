import { onBeforeUnmount, onMounted, shallowReactive } from 'vue';
import { remembered } from '@/lib/storage';

/** Whether letters pressed here belong to what is being typed. */
export function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

/** Whether this reader wants keys that act by themselves; speech input presses them by accident. */
export const singleKeysOn = () => remembered('keys') !== 'off';

/** Whether a key press is meant for the page: nobody types, no dialog is open, nothing else took it. */
export function forPage(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  return !typing(event.target) && !document.querySelector('[role=dialog]');
}

/** A key of the screen that is shown, with the message key of what it does. */
export interface Shortcut {
  key: string;
  label: string;
}

/** The keys of the screen that is shown, for the list of shortcuts. */
export const shortcuts: Set<Shortcut> = shallowReactive(new Set());

/** Names a key in the list of shortcuts while the component is there. */
export function useShortcut(key: string, label: string): void {
  const shortcut = { key, label };
  onMounted(() => shortcuts.add(shortcut));
  onBeforeUnmount(() => shortcuts.delete(shortcut));
}

/** Does something when a key is pressed anywhere on the page, unless somebody is typing or a dialog is open. */
export function useKey(key: string, act: () => void, label = ''): void {
  const listen = (event: KeyboardEvent) => {
    if (event.key !== key || !forPage(event) || (key.length === 1 && !singleKeysOn())) return;
    event.preventDefault();
    act();
  };
  onMounted(() => addEventListener('keydown', listen));
  onBeforeUnmount(() => removeEventListener('keydown', listen));
  if (label) useShortcut(key, label);
}
