import { useQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';

export type Work = Schema<'Work'>;
export type Duty = Schema<'ReportDuty'>;
export type DutyGroup = Schema<'DutyGroup'>;

/** The groups of the desk, the most pressing first; who owes nothing is not listed. */
export const groups = ['returned', 'late', 'draft', 'due', 'waiting'] as const;

/** What is due, late, returned or waiting for the reader. */
export function useWork(enabled: MaybeRefOrGetter<boolean> = true) {
  return useQuery({
    queryKey: keys.report.work,
    enabled: computed(() => toValue(enabled)),
    queryFn: ({ signal }) => content(client.GET('/api/v1/work', { signal })),
    staleTime: 0,
  });
}
