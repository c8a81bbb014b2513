import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';
import { callQuery, type ProjectFilter } from '@/api/projectFilter';

export type Rolling = Schema<'Rolling'>;
export type RollingMonth = Schema<'RollingMonth'>;
export type StageFlow = Schema<'StageFlow'>;

/** The stages month by month over the last months, counted back from the one that is running. */
export function useRolling(filter: MaybeRefOrGetter<ProjectFilter>, from: MaybeRefOrGetter<string>) {
  const query = computed(() => ({ ...callQuery({ ...toValue(filter), asOf: '' }), from: toValue(from) || undefined }));
  return useQuery({
    queryKey: computed(() => keys.rolling(query.value)),
    queryFn: ({ signal }) => content(client.GET('/api/v1/pipeline/rolling', { params: { query: query.value }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** The list of a stock: the stage's projects at the month's end, those that exited left out. */
export function stockAt(filter: ProjectFilter, stage: StageFlow['stage'], month: RollingMonth): ProjectFilter | null {
  if (filter.stage.length > 0 && !filter.stage.includes(stage)) return null;
  const standing = (filter.standing.length > 0 ? filter.standing : ['active', 'paused']).filter((each) => each !== 'exited');
  return { ...filter, stage: [stage], standing, asOf: month.over ? month.month : '' };
}
