import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import type { LocationQuery } from 'vue-router';
import { client, content, ifMatch, type Schema } from '@/api/client';
import { keys } from '@/api/keys';
import { noFilter } from '@/api/projectFilter';
import { viewPaths, type ViewPage } from './paths';

export type SavedView = Schema<'SavedView'>;

export const pathOf = (page: ViewPage) => Object.entries(viewPaths).find(([, name]) => name === page)?.[0] ?? '/projects';

/** What of an address a view keeps: filter and order, not the past month and not what is open. */
const kept = [...Object.keys(noFilter()), 'sort'].filter((key) => key !== 'asOf');

/** The filter and order of an address, spelled the same whoever wrote it. */
export function viewQuery(query: LocationQuery): string {
  const pairs = kept.flatMap((key) => [query[key] ?? []].flat().map((value) => [key, value ?? '']));
  return canonical(new URLSearchParams(pairs.filter(([, value]) => value !== '')));
}

function canonical(params: URLSearchParams): string {
  return new URLSearchParams([...params].sort(([a, left], [b, right]) => (a === b ? left.localeCompare(right) : a < b ? -1 : 1))).toString();
}

/** Whether two views show the same projects in the same order. */
export const sameQuery = (one: string, other: string) => canonical(new URLSearchParams(one)) === canonical(new URLSearchParams(other));

/** Whether two choices of columns are the same table. */
export const sameColumns = (one: SavedView['columns'], other: SavedView['columns']) =>
  JSON.stringify(one.map(({ key, width = 0, pinned = false }) => [key, width, pinned])) ===
  JSON.stringify(other.map(({ key, width = 0, pinned = false }) => [key, width, pinned]));

/** The query of a view as the router takes it. */
export function routeQuery(query: string): Record<string, string[]> {
  const params = new URLSearchParams(query);
  return Object.fromEntries([...new Set(params.keys())].map((key) => [key, params.getAll(key)]));
}

/** A view that needs no saving: made from what the reader may do. */
export interface SystemView {
  name: string;
  query: string;
}

/**
 * For who keeps projects, their own; for everybody, what is late, red, owes a report or is not yet confirmed;
 * for who looks over all of them, the red ones for which no order is under way.
 */
export function systemViews(mine: boolean): SystemView[] {
  const scope = mine ? '&mine=true' : '';
  return [
    { name: 'all', query: '' },
    ...(mine ? [{ name: 'mine', query: 'mine=true' }] : []),
    { name: 'late', query: `lateBy=91&sort=-slip${scope}` },
    { name: 'red', query: `ruleLight=red${scope}` },
    ...(mine ? [] : [{ name: 'unordered', query: 'ruleLight=red&supervision=unordered' }]),
    { name: 'owing', query: `report=late${scope}` },
    { name: 'provisional', query: `provisional=true${scope}` },
  ];
}

/** Whether the reader may share a view with everybody; who they are was asked before any page. */
export function useMayShare(): boolean {
  const me = useQueryClient().getQueryData<Schema<'Me'> | null>(keys.session);
  return me?.permissions.includes('view:share') ?? false;
}

export function useViews(wanted = true) {
  return useQuery({
    queryKey: keys.view,
    enabled: wanted,
    queryFn: ({ signal }) => content(client.GET('/api/v1/views', { signal })),
    select: ({ items }) => items,
    staleTime: 60_000,
  });
}

export function useSaveView() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schema<'SaveViewInput'>) => content(client.POST('/api/v1/views', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.view }),
  });
}

/** Changes one's own view at the version read. */
export function useChangeView() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ view, body }: { view: SavedView; body: Schema<'ChangeViewInput'> }) =>
      content(client.PATCH('/api/v1/views/{id}', { params: { path: { id: view.id }, header: ifMatch(view.version) }, body })),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.view }),
  });
}
