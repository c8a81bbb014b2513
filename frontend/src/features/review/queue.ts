import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';

export type Waiting = Schema<'WaitingReport'>;
export type DecisionResult = Schema<'DecisionResult'>;
export type QueueSort = 'oldest' | 'red';

/** Submitted reports, the longest waiting or the reddest first. */
export function useQueue(sort: MaybeRefOrGetter<QueueSort>) {
  return useInfiniteQuery({
    queryKey: computed(() => keys.report.queue(toValue(sort))),
    queryFn: ({ pageParam, signal }) =>
      content(client.GET('/api/v1/reports/queue', { params: { query: { sort: toValue(sort), limit: 50, withTotal: true, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** Approves several, each at the version and content that stood in the list; each has its own result. */
export function useApproveMany() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (reports: readonly Pick<Waiting, 'id' | 'version' | 'hash'>[]) =>
      content(
        client.POST('/api/v1/reports/decisions', {
          body: { action: 'approve', items: reports.map(({ id, version, hash }) => ({ id, version, hash })) },
        }),
      ),
    networkMode: 'always',
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: keys.report.all });
      void queries.invalidateQueries({ queryKey: keys.project.all });
    },
  });
}
