import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, ifMatch, type Schema } from '@/api/client';
import { keys } from '@/api/keys';

export type ProjectRequest = Schema<'ProjectRequest'>;
export type RequestKind = Schema<'RequestKind'>;
export type GateAnswer = Schema<'GateAnswer'>;
/** What a write is bound to: the request at the version its reader saw. */
export type Read = Pick<ProjectRequest, 'id' | 'version'>;

/** Reads past the cache, for a write that came too late. */
export function fetchRequest(id: number, signal?: AbortSignal): Promise<ProjectRequest> {
  return content(client.GET('/api/v1/requests/{id}', { params: { path: { id } }, ...(signal && { signal }) }));
}

export function useRequest(id: MaybeRefOrGetter<number>) {
  return useQuery({
    queryKey: computed(() => keys.request.detail(toValue(id))),
    queryFn: ({ signal }) => fetchRequest(toValue(id), signal),
    enabled: computed(() => toValue(id) > 0),
    staleTime: 0,
    refetchOnWindowFocus: false, // the form reads again by itself when a save is refused
  });
}

/** Requests and decisions of a project, the latest first, and what may be started. */
export function useProjectRequests(projectId: MaybeRefOrGetter<number>, enabled: MaybeRefOrGetter<boolean> = true) {
  return useQuery({
    queryKey: computed(() => keys.request.ofProject(toValue(projectId))),
    enabled: computed(() => toValue(enabled)),
    queryFn: ({ signal }) => content(client.GET('/api/v1/projects/{id}/requests', { params: { path: { id: toValue(projectId) } }, signal })),
  });
}

/** Shows the answer of a write at once. */
export function useShowRequest() {
  const queries = useQueryClient();
  return (request: ProjectRequest) => queries.setQueryData(keys.request.detail(request.id), request);
}

// Queue, desk and the project follow from every act on a request.
function useRequestAct<Input>(mutationFn: (input: Input) => Promise<ProjectRequest>) {
  const queries = useQueryClient();
  const show = useShowRequest();
  return useMutation({
    mutationFn,
    networkMode: 'always',
    onSuccess: (request) => {
      show(request);
      for (const queryKey of [keys.request.all, keys.report.work, keys.review, keys.project.all]) {
        void queries.invalidateQueries({ queryKey, refetchType: 'active' });
      }
    },
  });
}

const at = ({ id, version }: Read) => ({ path: { id }, header: ifMatch(version) });

/** One step of the autosave; the caller minds order and failures. */
export function saveRequest(read: Read, body: Schema<'UpdateRequestInput'>): Promise<ProjectRequest> {
  return content(client.PATCH('/api/v1/requests/{id}', { params: at(read), body }));
}

export function useStartRequest() {
  return useRequestAct(({ projectId, kind }: { projectId: number; kind: RequestKind }) =>
    content(client.POST('/api/v1/projects/{id}/requests', { params: { path: { id: projectId } }, body: { kind } })),
  );
}

export function useSubmitRequest() {
  return useRequestAct((read: Read) => content(client.POST('/api/v1/requests/{id}/submission', { params: at(read) })));
}

export function useWithdrawRequest() {
  return useRequestAct((read: Read) => content(client.POST('/api/v1/requests/{id}/withdrawal', { params: at(read) })));
}

export function useCancelRequest() {
  return useRequestAct((read: Read) => content(client.POST('/api/v1/requests/{id}/cancellation', { params: at(read) })));
}

/** Approves or returns what is on screen: bound to its version and to the hash of its content. */
export function useDecideRequest() {
  return useRequestAct(
    ({ request, action, comment }: { request: Read & Pick<ProjectRequest, 'hash'>; action: 'approve' | 'return'; comment: string }) =>
      content(client.POST('/api/v1/requests/{id}/decision', { params: at(request), body: { action, hash: request.hash, comment } })),
  );
}
