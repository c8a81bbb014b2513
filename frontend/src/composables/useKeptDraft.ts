import { ref, watch } from 'vue';
import { keep, kept } from '@/lib/kept';
import { useDraft } from './useDraft';

/**
 * A draft that survives a closed tab, a lost connection and an ended session: a copy
 * stays on this device until it is saved or given up. One of an earlier visit is taken
 * up, on top of the thing as it is by now.
 */
export function useKeptDraft<Draft extends object>(slot: string, start: Draft) {
  const form = useDraft(start);
  const restoredAt = ref('');
  let over = false;

  const before = kept<Draft>(slot);
  if (before) {
    form.resume({ ...start, ...before.base }, { ...start, ...before.draft });
    form.rebaseOn(start);
    if (form.dirty.value) restoredAt.value = before.at;
  }

  const store = () => {
    if (!over) keep(slot, form.dirty.value ? { base: form.base(), draft: form.draft.value } : null);
  };
  watch(form.draft, store, { deep: true, flush: 'sync' });

  return {
    ...form,
    /** When the text of an earlier visit was typed; empty where there is none. */
    restoredAt,
    /** It is saved, or given up: nothing is kept of it. */
    forget() {
      over = true;
      keep(slot, null);
    },
    /** Gives up what an earlier visit left. */
    startOver() {
      form.resume(form.base(), form.base());
      restoredAt.value = '';
      keep(slot, null);
    },
  };
}
