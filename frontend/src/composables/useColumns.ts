import { computed, shallowRef } from 'vue';
import type { Schema } from '@/api/client';
import { remember, remembered } from '@/lib/storage';

export type ChosenColumn = Schema<'ViewColumn'>;

/** What one account chose on this device; none is the usual columns. */
const own = shallowRef<readonly ChosenColumn[]>([]);
/** Those of the saved view that is open, while it is. */
const ofView = shallowRef<readonly ChosenColumn[] | null>(null);
let place = '';

function read(kept: string | null): readonly ChosenColumn[] {
  try {
    const columns: unknown = JSON.parse(kept ?? '[]');
    return Array.isArray(columns) ? columns.filter((column) => typeof column?.key === 'string') : [];
  } catch {
    return [];
  }
}

/** The columns of the project table, shared by the table, its settings and the saved views. */
export function useColumns() {
  return {
    chosen: computed(() => ofView.value ?? own.value),
    /** Reads what this account chose; another's stays its own. */
    belongTo(account: number | undefined) {
      if (place === `columns.${account}`) return;
      place = `columns.${account}`;
      own.value = read(remembered(place));
    },
    /** Within a view the choice is the view's until it is saved there; else the device keeps it. */
    choose(columns: readonly ChosenColumn[]) {
      if (ofView.value) {
        ofView.value = columns;
        return;
      }
      own.value = columns;
      remember(place, columns.length > 0 ? JSON.stringify(columns) : null);
    },
    /** The columns of the view that opens; null when it has none, or is left. */
    showView(columns: readonly ChosenColumn[] | null) {
      ofView.value = columns && columns.length > 0 ? columns : null;
    },
  };
}
