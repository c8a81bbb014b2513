import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';

export type Waiting = Schema<'Waiting'>;
export type QueueKind = Schema<'QueueKind'>;
export type QueueSort = 'oldest' | 'red';
export const queueKinds: readonly QueueKind[] = ['report', 'gate', 'rebaseline', 'pause', 'resume', 'exit'];

/** What narrows the queue, as it stands in the address. */
export interface QueueFilter {
  sort: QueueSort;
  kind: readonly QueueKind[];
  owner: readonly string[];
  category: readonly string[];
  q: string;
}

/** What waits: a report or a request, with what a decision on it is bound to. */
export interface Item {
  key: string;
  object: Schema<'ReviewObject'>;
  id: number;
  version: number;
  hash: string;
}

export const keyOf = ({ object, id }: { object: string; id: number }) => `${object}-${id}`;

export function itemOf({ report, request }: Waiting): Item {
  const object = report ? 'report' : 'request';
  const { id, version, hash } = report ?? request ?? { id: 0, version: 0, hash: '' };
  return { key: keyOf({ object, id }), object, id, version, hash };
}

/** Everything submitted, the longest waiting or the reddest first. */
export function useQueue(filter: MaybeRefOrGetter<QueueFilter>) {
  return useInfiniteQuery({
    queryKey: computed(() => [...keys.review, toValue(filter)]),
    queryFn: ({ pageParam, signal }) => {
      const { sort, kind, owner, category, q } = toValue(filter);
      const query = { sort, kind: [...kind], owner: [...owner], category: [...category], q, limit: 50, withTotal: true, cursor: pageParam };
      return content(client.GET('/api/v1/review/queue', { params: { query }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** The choices of owner and category; they change rarely. */
export function useQueueChoices() {
  const organisations = useQuery({
    queryKey: keys.reference.organisations,
    queryFn: ({ signal }) => content(client.GET('/api/v1/organisations', { signal })),
    staleTime: 10 * 60_000,
  });
  const categories = useQuery({
    queryKey: keys.reference.categories,
    queryFn: ({ signal }) => content(client.GET('/api/v1/categories', { signal })),
    staleTime: 10 * 60_000,
  });
  return {
    organisations: computed(() => organisations.data.value?.items ?? []),
    categories: computed(() => categories.data.value?.items ?? []),
  };
}

/** Approves several, each at the version and content that stood in the list; each has its own result. */
export function useApproveMany() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (items: readonly Item[]) =>
      content(
        client.POST('/api/v1/review/decisions', {
          body: { action: 'approve', items: items.map(({ object, id, version, hash }) => ({ object, id, version, hash })) },
        }),
      ),
    networkMode: 'always',
    onSettled: () => {
      for (const queryKey of [keys.review, keys.report.all, keys.request.all, keys.project.all]) void queries.invalidateQueries({ queryKey });
    },
  });
}
