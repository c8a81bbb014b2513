import { keepPreviousData, useInfiniteQuery } from '@tanstack/vue-query';
import { computed, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';
import { callQuery, type ProjectFilter } from '@/api/projectFilter';

export type ProjectRow = Schema<'ProjectRow'>;
type ProjectPage = Schema<'ProjectPage'>;

const sortNames: readonly string[] = ['code', 'name', 'stage', 'owner', 'category', 'updated', 'investment', 'slip', 'light'];

/** An order from the address as the server takes it; one it does not know is none. */
export function sortFrom(wanted: string): string | undefined {
  return sortNames.includes(wanted.replace(/^-/, '')) ? wanted : undefined;
}

/** The first page is small, to be there soon; who scrolls on gets more at a time. */
const pageSizes = { first: 100, further: 200 };

/** The projects of the filter, a page at a time, with how many there are in all. */
export function useProjects(filter: MaybeRefOrGetter<ProjectFilter>, sort: MaybeRefOrGetter<string>) {
  const query = computed(() => ({
    ...callQuery(toValue(filter)),
    sort: sortFrom(toValue(sort)),
  }));
  return useInfiniteQuery({
    queryKey: computed(() => keys.project.list(query.value)),
    queryFn: ({ pageParam, signal }) =>
      content(client.GET('/api/v1/projects', { params: { query: pageParam ? { ...query.value, limit: pageSizes.further, cursor: pageParam } : { ...query.value, limit: pageSizes.first, withTotal: true } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    // Nobody changes a row in place: watching each of a hundred thousand would take seconds.
    shallow: true,
    structuralSharing: false,
  });
}

/** The rows of all pages as one list; a further page only appends. */
export function useRows(pages: () => readonly ProjectPage[] | undefined) {
  const rows = shallowRef<readonly ProjectRow[]>([]);
  let known: readonly ProjectPage[] = [];
  watch(
    pages,
    (now = []) => {
      const grown = known.length > 0 && now[0] === known[0] && now[known.length - 1] === known.at(-1);
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
