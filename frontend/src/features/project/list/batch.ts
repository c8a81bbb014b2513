import { useQueryClient } from '@tanstack/vue-query';
import { client, content, type Schema } from '@/api/client';
import { tellChanged } from '@/api/changed';
import { keys } from '@/api/keys';

export type BatchAction = Schema<'BatchAction'>;
export type BatchResult = Schema<'BatchResult'>;
export type BatchItem = Pick<Schema<'ProjectRow'>, 'id' | 'version'>;

/** How many projects one request changes, and how many one selection may hold. */
export const batchSize = 100;
export const selectionMost = 1000;

export interface BatchChange {
  action: BatchAction;
  /** The new owner of a handover. */
  ownerOrganisationId?: number;
}

/** Pieces of a list, in its order. */
export function pieces<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** What undoes a handover: to whom each goes back, at the version the handover left. */
export function wayBack(results: readonly BatchResult[]): { owner: number; items: BatchItem[] }[] {
  const byOwner = new Map<number, BatchItem[]>();
  for (const { id, done, version, before } of results) {
    if (!done || !before || version === null) continue;
    byOwner.set(before.owner.id, [...(byOwner.get(before.owner.id) ?? []), { id, version }]);
  }
  return [...byOwner].map(([owner, items]) => ({ owner, items }));
}

/** Makes one change to many projects, or says what it would do; each at the version that was read. */
export function useBatch() {
  const queries = useQueryClient();
  return async (change: BatchChange, items: readonly BatchItem[], preview: boolean): Promise<BatchResult[]> => {
    const results: BatchResult[] = [];
    try {
      for (const piece of pieces(items, batchSize)) {
        const body = { ...change, preview, items: piece.map(({ id, version }) => ({ id, version })) };
        results.push(...(await content(client.POST('/api/v1/projects/batch', { body }))).items);
      }
    } finally {
      if (!preview) {
        tellChanged(items.map(({ id }) => id));
        void queries.invalidateQueries({ queryKey: keys.project.all });
      }
    }
    return results;
  };
}
