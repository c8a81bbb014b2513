import { onBeforeUnmount, onMounted } from 'vue';

/** Whether letters pressed here belong to what is being typed. */
function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

/** Does something when a key is pressed anywhere on the page, unless somebody is typing or a dialog is open. */
export function useKey(key: string, act: () => void): void {
  const listen = (event: KeyboardEvent) => {
    if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (typing(event.target) || document.querySelector('[role=dialog]')) return;
    event.preventDefault();
    act();
  };
  onMounted(() => addEventListener('keydown', listen));
  onBeforeUnmount(() => removeEventListener('keydown', listen));
}
