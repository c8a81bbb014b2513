import { keepPreviousData, useInfiniteQuery } from '@tanstack/vue-query';
import { computed, getCurrentScope, onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';
import { callQuery, type ProjectFilter } from '@/api/projectFilter';
import type { keepFresh, Loaded, View } from './again';

export type ProjectRow = Schema<'ProjectRow'>;
export type ProjectPage = Schema<'ProjectPage'>;
/** Which page is asked for; `until` is where a page read before ended. */
export interface Asked {
  limit: number;
  cursor?: string;
  until?: string;
  withTotal?: true;
}

const sortNames: readonly string[] = ['code', 'name', 'stage', 'owner', 'category', 'updated', 'investment', 'slip', 'light'];

/** An order from the address as the server takes it; one it does not know is none. */
export function sortFrom(wanted: string): string | undefined {
  return sortNames.includes(wanted.replace(/^-/, '')) ? wanted : undefined;
}

/** The first page is small, to be there soon; who scrolls on gets more at a time. */
const pageSizes = { first: 100, further: 200 };

/**
 * The projects of the filter, a page at a time, with how many there are in all. Who says which rows are in view
 * has no more read again than that, and what may have changed elsewhere when it comes into view.
 */
export function useProjects(filter: MaybeRefOrGetter<ProjectFilter>, sort: MaybeRefOrGetter<string>, view?: () => View) {
  const query = computed(() => ({
    ...callQuery(toValue(filter)),
    sort: sortFrom(toValue(sort)),
  }));
  const scope = getCurrentScope();
  let kept: ReturnType<typeof keepFresh> | undefined;
  const list = useInfiniteQuery({
    queryKey: computed(() => keys.project.list(query.value)),
    queryFn: async ({ pageParam, signal, client: queries, queryKey }): Promise<ProjectPage> => {
      const read = (asked: Asked) => content(client.GET('/api/v1/projects', { params: { query: { ...query.value, ...asked } }, signal }));
      const held = view && queries.getQueryData<Loaded>(queryKey);
      if (held && !kept) {
        const { keepFresh } = await import('./again');
        if (!kept) scope?.run(() => {
          kept = keepFresh(list, view, pageSizes);
          watch([view, list.data], kept.look);
          onScopeDispose(kept.stop);
        });
      }
      return kept?.again(held, pageParam, read) ?? read(pageParam ? { limit: pageSizes.further, cursor: pageParam } : { limit: pageSizes.first, withTotal: true });
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    // Nobody changes a row in place: watching each of a hundred thousand would take seconds.
    shallow: true,
    structuralSharing: false,
  });
  return { ...list, fresh: (rows: number) => kept?.fresh(rows) };
}

/** The rows of all pages as one list; a further page only appends. */
export function useRows(pages: () => readonly ProjectPage[] | undefined) {
  const rows = shallowRef<readonly ProjectRow[]>([]);
  let known: readonly ProjectPage[] = [];
  watch(
    pages,
    (now = []) => {
      const grown = known.length > 0 && known.every((page, place) => page === now[place]);
      rows.value = grown ? rows.value.concat(...now.slice(known.length).map(({ items }) => items)) : now.flatMap(({ items }) => items);
      known = now;
    },
    { immediate: true },
  );
  return rows;
}

/** The first names of a list, and how many more there are. */
export function firstNames(names: readonly string[], most = 2): { shown: string[]; count: number; more: boolean } {
  return { shown: names.slice(0, most), count: names.length, more: names.length > most };
}

/** How many projects of the filter are provisional: facets count a choice with all the other filters applied. */
export function provisionalCount(filter: ProjectFilter, facets: Schema<'ProjectFacets'> | undefined): number | undefined {
  if (!facets) return undefined;
  if (filter.provisional === 'false') return 0;
  return facets.provisional.find(({ key }) => key === 'true')?.count ?? 0;
}
