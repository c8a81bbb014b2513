import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';
import { callQuery, type ProjectFilter } from '@/api/projectFilter';

export type Differences = Schema<'Differences'>;
export type ProjectDifference = Schema<'ProjectDifference'>;
export type FieldChange = Schema<'FieldChange'>;
export type ChangeKind = Schema<'ChangeKind'>;

/** What changed on the projects of the filter since the end of a month, until that of another or until now. */
export function useDifferences(filter: MaybeRefOrGetter<ProjectFilter>, from: MaybeRefOrGetter<string>, to: MaybeRefOrGetter<string>) {
  const query = computed(() => ({
    ...callQuery({ ...toValue(filter), asOf: '' }),
    from: toValue(from) || undefined,
    to: toValue(to) || undefined,
  }));
  return useQuery({
    queryKey: computed(() => keys.differences(query.value)),
    queryFn: ({ signal }) => content(client.GET('/api/v1/projects/differences', { params: { query: query.value }, signal })),
    enabled: () => toValue(from) !== '',
    placeholderData: keepPreviousData,
  });
}

/** The projects with a change of the kind, and of them those changes alone; no kind keeps everything. */
export function ofKind(projects: readonly ProjectDifference[], kind: string): ProjectDifference[] {
  if (kind === '') return [...projects];
  return projects
    .map((project) => ({ ...project, changes: project.changes.filter((change) => change.kind === kind) }))
    .filter(({ changes }) => changes.length > 0);
}

/** A date as the interface writes it: the day, and how much of it is meant. */
export function planDateFrom(text: string) {
  const [date = '', precision = 'day'] = text.split(' ');
  return { date, precision: precision as 'day' | 'month' | 'quarter' | 'year' };
}
