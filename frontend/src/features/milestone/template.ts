import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';
import { periodEnd, partOf, type PlanDate } from '@/lib/dates';
import type { Milestone } from './milestone';

export type Template = Schema<'MilestoneTemplate'>;
export type Step = Template['steps'][number];

/** The templates; a city keeps its own. */
export function useTemplates() {
  return useQuery({
    queryKey: [...keys.reference.categories, 'template'],
    queryFn: ({ signal }) => content(client.GET('/api/v1/milestone-templates', { signal })),
    select: ({ items }) => items,
    staleTime: 60 * 60_000,
  });
}

/** The template that fits a category of the first level best. */
export const templateFor = (templates: readonly Template[], category: string) =>
  templates.find(({ categories }) => categories.includes(category)) ?? templates[0] ?? null;

/** When a step falls due, as precisely as the anchor was stated. */
export function stepDate({ offset }: Pick<Step, 'offset'>, anchor: PlanDate): PlanDate {
  const date = new Date(Date.parse(`${anchor.date}T00:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10);
  const { precision } = anchor;
  return precision === 'day' ? { date, precision } : periodEnd(precision, Number(date.slice(0, 4)), partOf({ date, precision }));
}

/** Whether a phase of the project has a milestone of the step's kind already. */
export const isThere = ({ kind }: Pick<Step, 'kind'>, phase: string, milestones: readonly Milestone[]) =>
  milestones.some((milestone) => milestone.kind === kind && milestone.phase === phase.trim());

export function useApplyTemplate() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ projectId, body }: { projectId: number; body: Schema<'ApplyTemplateInput'> }) =>
      content(client.POST('/api/v1/projects/{id}/milestones/template', { params: { path: { id: projectId } }, body })),
    networkMode: 'always',
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.project.all }),
  });
}
