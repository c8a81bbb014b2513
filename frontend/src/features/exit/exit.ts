import { keepPreviousData, useInfiniteQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';

export type Exit = Schema<'Exit'>;
export type ExitKind = Schema<'ExitKind'>;
export const exitKinds: readonly ExitKind[] = ['merged', 'split', 'renamed', 'withdrawn'];

/** What narrows the register, as it stands in the address. */
export interface ExitFilter {
  kind: readonly ExitKind[];
  q: string;
}

/** Projects that left the portfolio, the latest first. */
export function useExits(filter: MaybeRefOrGetter<ExitFilter>) {
  return useInfiniteQuery({
    queryKey: computed(() => keys.exits({ ...toValue(filter) })),
    queryFn: ({ pageParam, signal }) => {
      const { kind, q } = toValue(filter);
      return content(client.GET('/api/v1/exits', { params: { query: { kind: [...kind], q, limit: 50, withTotal: true, cursor: pageParam } }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}
