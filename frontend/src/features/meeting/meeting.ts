import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, ifMatch, type Schema } from '@/api/client';
import { keys } from '@/api/keys';
import { callQuery, type ProjectFilter } from '@/api/projectFilter';

export type Meeting = Schema<'MeetingDetail'>;
export type MeetingRow = Schema<'Meeting'>;
export type MeetingDecision = Schema<'MeetingDecision'>;
export type MeetingProject = Meeting['agenda'][number];

export function useMeetings() {
  return useQuery({
    queryKey: [...keys.meeting, 'list'],
    queryFn: ({ signal }) => content(client.GET('/api/v1/meetings', { signal })),
    select: ({ items }) => items,
  });
}

export function useMeeting(id: MaybeRefOrGetter<number>) {
  return useQuery({
    queryKey: computed(() => [...keys.meeting, 'detail', toValue(id)]),
    queryFn: ({ signal }) => content(client.GET('/api/v1/meetings/{id}', { params: { path: { id: toValue(id) } }, signal })),
    staleTime: 0,
  });
}

/** How many projects a filter selects: what the agenda would be. */
export function useAgendaSize(filter: MaybeRefOrGetter<ProjectFilter>) {
  const query = computed(() => ({ ...callQuery(toValue(filter)), limit: 1, withTotal: true }));
  return useQuery({
    queryKey: computed(() => keys.project.list({ ...query.value, agenda: true })),
    queryFn: ({ signal }) => content(client.GET('/api/v1/projects', { params: { query: query.value }, signal })),
    select: ({ total }) => total ?? 0,
  });
}

function useMeetingWrite<Input>(mutationFn: (input: Input) => Promise<Meeting>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    networkMode: 'always',
    onSuccess: (meeting) => {
      queries.setQueryData([...keys.meeting, 'detail', meeting.id], meeting);
      void queries.invalidateQueries({ queryKey: [...keys.meeting, 'list'] });
    },
  });
}

export function useCallMeeting() {
  return useMeetingWrite(({ filter, sort, body }: { filter: ProjectFilter; sort: string; body: Schema<'CallMeetingInput'> }) =>
    content(client.POST('/api/v1/meetings', { params: { query: { ...callQuery(filter), sort: sort || undefined } }, body })),
  );
}

type Read = Pick<MeetingRow, 'id' | 'version'>;
const at = ({ id, version }: Read) => ({ path: { id }, header: ifMatch(version) });

export function useStartMeeting() {
  return useMeetingWrite((read: Read) => content(client.POST('/api/v1/meetings/{id}/start', { params: at(read) })));
}

export function useFinishMeeting() {
  return useMeetingWrite((read: Read) => content(client.POST('/api/v1/meetings/{id}/finish', { params: at(read) })));
}

/** What has been typed of a decision; an organisation or a day of null is none. */
export type Typed = Pick<Schema<'RecordDecisionInput'>, 'kind' | 'text' | 'responsibleOrganisationId' | 'due'>;

export function recordDecision(meetingId: number, projectId: number, body: Typed): Promise<MeetingDecision> {
  return content(client.POST('/api/v1/meetings/{id}/decisions', { params: { path: { id: meetingId } }, body: { projectId, ...body } }));
}

const decisionAt = (meetingId: number, { id, version }: Pick<MeetingDecision, 'id' | 'version'>) => ({
  path: { id: meetingId, decisionId: id },
  header: ifMatch(version),
});

export function amendDecision(meetingId: number, decision: MeetingDecision, body: Typed): Promise<MeetingDecision> {
  return content(client.PATCH('/api/v1/meetings/{id}/decisions/{decisionId}', { params: decisionAt(meetingId, decision), body }));
}

export function confirmDecision(meetingId: number, decision: MeetingDecision): Promise<MeetingDecision> {
  return content(client.POST('/api/v1/meetings/{id}/decisions/{decisionId}/confirmation', { params: decisionAt(meetingId, decision) }));
}

export function strikeDecision(meetingId: number, decision: MeetingDecision): Promise<MeetingDecision> {
  return content(client.POST('/api/v1/meetings/{id}/decisions/{decisionId}/strike', { params: decisionAt(meetingId, decision) }));
}

/** What a project's screen adds to the agenda's row: what waits for others, and the last words of its owner. */
export function useProjectBrief(projectId: MaybeRefOrGetter<number>) {
  return useQuery({
    queryKey: computed(() => [...keys.meeting, 'brief', toValue(projectId)]),
    enabled: computed(() => toValue(projectId) > 0),
    queryFn: async ({ signal }) => {
      const id = toValue(projectId);
      const [issues, reports] = await Promise.all([
        content(client.GET('/api/v1/issues', { params: { query: { project: id, state: ['open', 'in_progress', 'resolved'], limit: 5, withTotal: true } }, signal })),
        content(client.GET('/api/v1/projects/{id}/reports', { params: { path: { id } }, signal })),
      ]);
      const last = reports.items.find(({ state }) => state === 'approved');
      const report = last ? await content(client.GET('/api/v1/reports/{id}', { params: { path: { id: last.id } }, signal })) : null;
      return { issues: issues.items, openIssues: issues.total ?? issues.items.length, report };
    },
  });
}
