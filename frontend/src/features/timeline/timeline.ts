import { keepPreviousData, useInfiniteQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';
import { callQuery, type ProjectFilter } from '@/api/projectFilter';

export type TimelineRow = Schema<'TimelineRow'>;

const rowsAtATime = 100;

/** The projects of the filter with their milestones, a page at a time, in the order of the list. */
export function useTimeline(filter: MaybeRefOrGetter<ProjectFilter>, sort: MaybeRefOrGetter<string | undefined>) {
  const query = computed(() => ({ ...callQuery(toValue(filter)), sort: toValue(sort), limit: rowsAtATime }));
  return useInfiniteQuery({
    queryKey: computed(() => keys.timeline(query.value)),
    queryFn: ({ pageParam, signal }) =>
      content(
        client.GET('/api/v1/projects/timeline', {
          // The total and the span are the same on every page, and counted once.
          params: { query: { ...query.value, cursor: pageParam, withTotal: pageParam === undefined } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}
