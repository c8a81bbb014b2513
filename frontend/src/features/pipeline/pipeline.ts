import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, ifMatch, type Schema } from '@/api/client';
import { keys } from '@/api/keys';
import { callQuery, type ProjectFilter } from '@/api/projectFilter';
import { stages, type Stage } from '@/lib/stage';

export type Pipeline = Schema<'Pipeline'>;
export type ProjectRow = Schema<'ProjectRow'>;
export type ProjectDetail = Schema<'ProjectDetail'>;

type FilterSource = MaybeRefOrGetter<ProjectFilter>;

/** Counts and sums of everything that the filter keeps. */
export function usePipeline(filter: FilterSource) {
  const query = computed(() => callQuery(toValue(filter)));
  return useQuery({
    queryKey: computed(() => keys.pipeline(query.value)),
    queryFn: ({ signal }) => content(client.GET('/api/v1/pipeline', { params: { query: query.value }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** How many projects of the filter wait for a bureau to confirm owner or stage. */
export function useProvisionalCount(filter: FilterSource) {
  const query = computed(() => ({ ...callQuery({ ...toValue(filter), provisional: 'true' }), limit: 1, withTotal: true }));
  return useQuery({
    queryKey: computed(() => keys.project.list({ ...query.value, counted: true })),
    queryFn: ({ signal }) => content(client.GET('/api/v1/projects', { params: { query: query.value }, signal })),
    select: (page) => page.total,
    placeholderData: keepPreviousData,
  });
}

/** Few enough that six columns stay light; the next page is a scroll away. */
const cardsAtATime = 12;

/** The projects of one stage, a page at a time. */
export function useStageCards(filter: FilterSource, stage: Stage, enabled: MaybeRefOrGetter<boolean> = true) {
  const query = computed(() => ({ ...callQuery(toValue(filter)), stage: [stage], limit: cardsAtATime }));
  return useInfiniteQuery({
    queryKey: computed(() => keys.project.list({ ...query.value, board: true })),
    queryFn: ({ pageParam, signal }) =>
      content(client.GET('/api/v1/projects', { params: { query: { ...query.value, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    enabled: computed(() => toValue(enabled)),
    placeholderData: keepPreviousData,
  });
}

/** The stages that a filter leaves, in the order of a project's life. */
export const stagesIn = (filter: ProjectFilter) => stages.filter((stage) => filter.stage.length === 0 || filter.stage.includes(stage));

/** A project as it stands now, with the stages it may move to. */
export function useProject(id: MaybeRefOrGetter<number>) {
  return useQuery({
    queryKey: computed(() => keys.project.detail(toValue(id))),
    queryFn: ({ signal }) =>
      content(client.GET('/api/v1/projects/{id}', { params: { path: { id: toValue(id) } }, signal })),
    staleTime: 0,
  });
}

export interface Move {
  project: Pick<ProjectDetail, 'id' | 'version'>;
  body: Schema<'MoveProjectInput'>;
}

/** Moves a project at the version that was read; every count may change with it. */
export function useMove() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ project, body }: Move) =>
      content(
        client.POST('/api/v1/projects/{id}/stage', {
          params: { path: { id: project.id }, header: ifMatch(project.version) },
          body,
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.project.all }),
  });
}
