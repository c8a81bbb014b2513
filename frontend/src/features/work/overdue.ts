import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';

export type Overdue = Schema<'OverdueReport'>;

/** Projects with periods gone by unreported, the most first. */
export function useOverdue() {
  return useQuery({
    queryKey: keys.report.overdue,
    queryFn: ({ signal }) => content(client.GET('/api/v1/reports/overdue', { signal })),
    staleTime: 0,
  });
}

/** Tells the people of each project to hand in what is overdue; each has its own result. */
export function useUrge() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (projectIds: number[]) => content(client.POST('/api/v1/reports/reminders', { body: { projectIds } })),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.report.overdue }),
  });
}

/** As many as one call takes. */
export const most = 100;

export interface Owner {
  code: string;
  name: string;
  count: number;
}

/** Who owes how many, the most first. */
export function ownersOf(overdue: readonly Overdue[], name: (owner: Overdue['project']['owner']) => string): Owner[] {
  const owners = new Map<string, Owner>();
  for (const { project } of overdue) {
    const known = owners.get(project.owner.code) ?? { code: project.owner.code, name: name(project.owner), count: 0 };
    owners.set(known.code, { ...known, count: known.count + 1 });
  }
  return [...owners.values()].sort((a, b) => b.count - a.count || a.code.localeCompare(b.code));
}
