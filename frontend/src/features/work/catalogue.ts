import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';

/** What the catalogue's desk is drawn from; `settled` once each of it was answered or refused. */
export function useCatalogueDesk() {
  const all = useQuery({
    queryKey: keys.project.facets({ desk: 'all' }),
    queryFn: ({ signal }) => content(client.GET('/api/v1/projects/facets', { signal })),
  });
  const waiting = useQuery({
    queryKey: keys.project.facets({ desk: 'provisional' }),
    queryFn: ({ signal }) => content(client.GET('/api/v1/projects/facets', { params: { query: { provisional: true } }, signal })),
  });
  const fulfilment = useQuery({
    queryKey: keys.fulfilment({ desk: 'catalogue' }),
    queryFn: ({ signal }) => content(client.GET('/api/v1/plan/fulfilment', { signal })),
  });
  const settled = computed(() => ![all, waiting, fulfilment].some(({ isPending }) => isPending.value));
  return { all: all.data, waiting: waiting.data, fulfilment: fulfilment.data, settled };
}

/** One row of a short table: so many of so many. */
export interface Waiting {
  key: string;
  label: string;
  labelEn: string;
  count: number;
  of: number;
}

const shown = 8;

const most = (rows: Waiting[]) =>
  rows.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count || a.key.localeCompare(b.key, 'en', { numeric: true })).slice(0, shown);

/** The owners with the most projects that nobody has taken over, each beside all of its projects. */
export function waitingOwners(waiting: readonly Schema<'Facet'>[], all: readonly Schema<'Facet'>[]): Waiting[] {
  return most(waiting.map(({ key, label, labelEn, count }) => ({ key, label, labelEn, count, of: all.find((each) => each.key === key)?.count ?? count })));
}

/** The columns with the most promises that nobody has spoken to, each beside all it names. */
export function unconfirmedColumns(columns: readonly Schema<'ColumnPromises'>[]): Waiting[] {
  return most(columns.map(({ column, title, titleEn, counts }) => ({ key: String(column), label: title, labelEn: titleEn, count: counts.unconfirmed, of: counts.projects })));
}

/** The length of a bar. */
export function share({ count, of }: Waiting): string {
  return `${of > 0 ? Math.round((100 * count) / of) : 0}%`;
}
