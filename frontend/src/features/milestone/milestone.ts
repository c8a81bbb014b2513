import { useMutation, useQueryClient } from '@tanstack/vue-query';
import { client, content, ifMatch, type Schema } from '@/api/client';
import { tellChanged } from '@/api/changed';
import { keys } from '@/api/keys';

export type Milestone = Schema<'Milestone'>;

const readMilestones = (projectId: number) =>
  content(client.GET('/api/v1/projects/{id}', { params: { path: { id: projectId } } }));

/** A milestone as it is by now, for a write that came too late; undefined when it is gone. */
export function useReadMilestoneAgain() {
  const queries = useQueryClient();
  return async ({ projectId, id }: Pick<Milestone, 'projectId' | 'id'>): Promise<Milestone | undefined> => {
    const project = await readMilestones(projectId);
    queries.setQueryData(keys.project.detail(projectId), project);
    return project.milestones.find((milestone) => milestone.id === id);
  };
}

// The project's worst slip and its history follow from its milestones.
function useMilestoneWrite<Input>(mutationFn: (input: Input) => Promise<Milestone>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    networkMode: 'always',
    onSuccess: ({ projectId }) => {
      tellChanged([projectId]);
      return queries.invalidateQueries({ queryKey: keys.project.all });
    },
  });
}

export function useCreateMilestone() {
  return useMilestoneWrite(({ projectId, body }: { projectId: number; body: Schema<'CreateMilestoneInput'> }) =>
    content(client.POST('/api/v1/projects/{id}/milestones', { params: { path: { id: projectId } }, body })),
  );
}

type Read = Pick<Milestone, 'projectId' | 'id' | 'version'>;

export function useUpdateMilestone() {
  return useMilestoneWrite(({ milestone, body }: { milestone: Read; body: Schema<'UpdateMilestoneInput'> }) =>
    content(
      client.PATCH('/api/v1/projects/{id}/milestones/{milestoneId}', {
        params: { path: { id: milestone.projectId, milestoneId: milestone.id }, header: ifMatch(milestone.version) },
        body,
      }),
    ),
  );
}
