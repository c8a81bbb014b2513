import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, ifMatch, type Schema } from '@/api/client';
import { tellChanged } from '@/api/changed';
import { keys } from '@/api/keys';
import { useLocale } from '@/composables/useLocale';

export type ProjectDetail = Schema<'ProjectDetail'>;
export type Mention = Schema<'Mention'>;
export type Organisation = Schema<'Organisation'>;
export type Amount = Schema<'Amount'>;
export type HistoryEntry = Schema<'HistoryEntry'>;
export type Decision = Schema<'Decision'>;

type Id = MaybeRefOrGetter<number>;
/** What a write is bound to: the project at the version its reader saw. */
export type Read = Pick<ProjectDetail, 'id' | 'version'>;

const readProject = (id: number, signal?: AbortSignal, asOf?: string) =>
  content(client.GET('/api/v1/projects/{id}', { params: { path: { id }, query: asOf ? { asOf } : {} }, ...(signal && { signal }) }));

/** A project as it is, or as it was known at the end of a past month. */
export function useProject(id: Id, asOf: MaybeRefOrGetter<string> = '') {
  return useQuery({
    queryKey: computed(() => [...keys.project.detail(toValue(id)), ...(toValue(asOf) ? [{ asOf: toValue(asOf) }] : [])]),
    queryFn: ({ signal }) => readProject(toValue(id), signal, toValue(asOf)),
    staleTime: 0,
  });
}

/** Why the reader may and may not; the sentences come in the reader's language. */
export function useAccess(id: Id) {
  const { locale } = useLocale();
  return useQuery({
    queryKey: computed(() => [...keys.project.access(toValue(id)), locale.value]),
    queryFn: ({ signal }) => content(client.GET('/api/v1/projects/{id}/access', { params: { path: { id: toValue(id) } }, signal })),
  });
}

const readHistory = (id: number, query: { limit: number; cursor?: string | undefined; withTotal?: boolean }, signal?: AbortSignal) =>
  content(client.GET('/api/v1/projects/{id}/history', { params: { path: { id }, query }, ...(signal && { signal }) }));

/** What was done to the project and its milestones, newest first; for the full view only. */
export function useHistory(id: Id) {
  return useInfiniteQuery({
    queryKey: computed(() => keys.project.history(toValue(id))),
    queryFn: ({ pageParam, signal }) => readHistory(toValue(id), { limit: 20, cursor: pageParam, withTotal: true }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** What the plan behind the promises is called, and the day it ends. */
export function usePlan() {
  return useQuery({
    queryKey: keys.instance,
    queryFn: () => content(client.GET('/api/v1/instance')),
    select: ({ plan }) => plan,
    staleTime: 60 * 60_000,
  });
}

/** The governing verbs in English; a Chinese reader needs none. */
export function useCommitments() {
  const { locale } = useLocale();
  return useQuery({
    queryKey: keys.reference.commitments,
    queryFn: ({ signal }) => content(client.GET('/api/v1/commitments', { signal })),
    select: ({ items }) => new Map(items.map(({ verb, verbEn }) => [verb, verbEn])),
    enabled: computed(() => locale.value === 'en'),
    staleTime: 60 * 60_000,
  });
}

export function useOrganisations() {
  return useQuery({
    queryKey: keys.reference.organisations,
    queryFn: ({ signal }) => content(client.GET('/api/v1/organisations', { signal })),
    select: ({ items }) => items,
    staleTime: 10 * 60_000,
  });
}

/** The project as it is by now, with the last person who changed it where that may be told. */
export interface Newer {
  project: ProjectDetail;
  by: Pick<HistoryEntry, 'actor' | 'actorOrganisation' | 'at'> | null;
}

/** For a write that came too late: reads what is there now, and who put it there. */
export function useReadAgain() {
  const queries = useQueryClient();
  return async (id: number): Promise<Newer> => {
    const project = await readProject(id);
    queries.setQueryData(keys.project.detail(id), project);
    void queries.invalidateQueries({ queryKey: keys.project.history(id) });
    if (project.view !== 'full') return { project, by: null };
    const entries = await readHistory(id, { limit: 10 }).then(({ items }) => items, () => []);
    return { project, by: entries.find(({ objectKind }) => objectKind === 'project') ?? null };
  };
}

// The answer is the project after the write: it is shown at once, and everything
// that counts projects is read again.
function useProjectWrite<Input>(mutationFn: (input: Input) => Promise<ProjectDetail>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    networkMode: 'always',
    onSuccess: (project) => {
      queries.setQueryData(keys.project.detail(project.id), project);
      tellChanged([project.id]);
      void queries.invalidateQueries({ queryKey: keys.project.all });
    },
  });
}

const at = ({ id, version }: Read) => ({ path: { id }, header: ifMatch(version) });

export function useUpdateProject() {
  return useProjectWrite(({ project, body }: { project: Read; body: Schema<'UpdateProjectInput'> }) =>
    content(client.PATCH('/api/v1/projects/{id}', { params: at(project), body })),
  );
}

export function useConfirmProject() {
  return useProjectWrite(({ project, body }: { project: Read; body: Schema<'ConfirmProjectInput'> }) =>
    content(client.POST('/api/v1/projects/{id}/confirmation', { params: at(project), body })),
  );
}

export function useMoveProject() {
  return useProjectWrite(({ project, body }: { project: Read; body: Schema<'MoveProjectInput'> }) =>
    content(client.POST('/api/v1/projects/{id}/stage', { params: at(project), body })),
  );
}

export function useSetStanding() {
  return useProjectWrite(({ project, body }: { project: Read; body: Schema<'SetStandingInput'> }) =>
    content(client.POST('/api/v1/projects/{id}/standing', { params: at(project), body })),
  );
}
