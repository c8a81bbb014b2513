import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';
import { callQuery, type ProjectFilter } from '@/api/projectFilter';

export type Fulfilment = Schema<'Fulfilment'>;
export type PromiseCounts = Schema<'PromiseCounts'>;
export type PromiseState = Schema<'PromiseState'>;

/** The states of a promise in the order of bars and columns, with the tone of each. */
export const states = ['kept', 'on_the_way', 'unconfirmed', 'lapsed', 'none'] as const satisfies readonly PromiseState[];

export const countOf = (counts: PromiseCounts, state: PromiseState): number =>
  state === 'on_the_way' ? counts.onTheWay : counts[state];

/** What of the projects promised anything. */
export const promised = (counts: PromiseCounts): number => counts.projects - counts.none;

/** The plan's promises against the stages reached. */
export function useFulfilment(filter: MaybeRefOrGetter<ProjectFilter>) {
  const query = computed(() => callQuery(toValue(filter)));
  return useQuery({
    queryKey: computed(() => keys.fulfilment(query.value)),
    queryFn: ({ signal }) => content(client.GET('/api/v1/plan/fulfilment', { params: { query: query.value }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** The list of a count: the line's filter and one state; null where no filter of the list says that. */
export function countedBy(line: ProjectFilter | null, state: PromiseState): ProjectFilter | null {
  if (!line || (line.promise.length > 0 && !line.promise.includes(state))) return null;
  return { ...line, promise: [state] };
}
