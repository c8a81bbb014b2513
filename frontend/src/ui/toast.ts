import { readonly, ref } from 'vue';

export interface Toast {
  id: number;
  tone: 'ok' | 'bad';
  text: string;
  action?: { label: string; run: () => void };
}

/** Long enough to read a sentence; bad news stays until it is closed. */
export const toastLife = 5000;

const toasts = ref<Toast[]>([]);
let lastId = 0;

function show(toast: Omit<Toast, 'id'>): void {
  lastId += 1;
  toasts.value = [...toasts.value, { ...toast, id: lastId }];
}

/** Short news about what was just done, shown at the edge and read aloud. */
export function useToasts() {
  return {
    toasts: readonly(toasts),
    /** Done; optionally with a way to undo it. */
    ok: (text: string, action?: Toast['action']) => show({ tone: 'ok', text, action }),
    /** Not done, and why. */
    bad: (text: string) => show({ tone: 'bad', text }),
    dismiss: (id: number) => {
      toasts.value = toasts.value.filter((toast) => toast.id !== id);
    },
  };
}
