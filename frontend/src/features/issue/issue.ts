import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, ifMatch, type Schema } from '@/api/client';
import { keys } from '@/api/keys';

export type Issue = Schema<'Issue'>;
export type IssueRow = Schema<'IssueRow'>;
export type IssueAction = Schema<'IssueAction'>;
export type IssueState = Schema<'IssueState'>;
export type Rollup = Schema<'Rollup'>;

export const types = ['land', 'sea', 'forest', 'funding', 'approval', 'demolition', 'utilities', 'energy', 'other'] as const;
export const levels = ['district', 'city', 'leader'] as const;
export const states = ['open', 'in_progress', 'resolved', 'closed', 'withdrawn'] as const;
/** The states in which an issue is still somebody's business. */
export const unended = ['open', 'in_progress', 'resolved'] as const;
export const dimensions = ['type', 'responsible', 'level', 'owner'] as const;
export type Dimension = (typeof dimensions)[number];

/** What the page of issues keeps in its address. */
export interface IssueFilter {
  type: string[];
  level: string[];
  state: string[];
  responsible: string[];
  owner: string[];
  overdue: string;
  mine: string;
  project: string;
  q: string;
}

export function noIssueFilter(): IssueFilter & Record<string, string | string[]> {
  return { type: [], level: [], state: [], responsible: [], owner: [], overdue: '', mine: '', project: '', q: '' };
}

const list = <Value extends string>(values: string[]) => (values.length > 0 ? (values as Value[]) : undefined);

function issueQuery(filter: IssueFilter) {
  return {
    type: list<Schema<'IssueType'>>(filter.type),
    level: list<Schema<'IssueLevel'>>(filter.level),
    state: list<IssueState>(filter.state),
    responsible: list<string>(filter.responsible),
    owner: list<string>(filter.owner),
    overdue: filter.overdue === 'true' || undefined,
    mine: filter.mine === 'true' || undefined,
    project: Number(filter.project) || undefined,
    q: filter.q.trim() || undefined,
  };
}

/** The issues of the filter, what is not ended first, a page at a time. */
export function useIssues(filter: MaybeRefOrGetter<IssueFilter>) {
  const query = computed(() => ({ ...issueQuery(toValue(filter)), limit: 50, withTotal: true }));
  return useInfiniteQuery({
    queryKey: computed(() => [...keys.issue, 'list', query.value]),
    queryFn: ({ pageParam, signal }) => content(client.GET('/api/v1/issues', { params: { query: { ...query.value, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** The same issues counted by type, responsible organisation, level and owner. */
export function useIssueRollups(filter: MaybeRefOrGetter<IssueFilter>) {
  const query = computed(() => issueQuery(toValue(filter)));
  return useQuery({
    queryKey: computed(() => [...keys.issue, 'rollups', query.value]),
    queryFn: ({ signal }) => content(client.GET('/api/v1/issues/rollups', { params: { query: query.value }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function useIssue(id: MaybeRefOrGetter<number>) {
  return useQuery({
    queryKey: computed(() => [...keys.issue, 'detail', toValue(id)]),
    queryFn: ({ signal }) => content(client.GET('/api/v1/issues/{id}', { params: { path: { id: toValue(id) } }, signal })),
    staleTime: 0,
  });
}

function useIssueWrite<Input>(mutationFn: (input: Input) => Promise<Issue>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    networkMode: 'always',
    onSuccess: (issue) => {
      queries.setQueryData([...keys.issue, 'detail', issue.id], issue);
      void queries.invalidateQueries({ queryKey: keys.issue });
      void queries.invalidateQueries({ queryKey: keys.report.work });
      void queries.invalidateQueries({ queryKey: keys.project.history(issue.project.id) });
    },
    onError: () => void queries.invalidateQueries({ queryKey: keys.issue }), // somebody may have been faster
  });
}

export function useRaiseIssue() {
  return useIssueWrite(({ projectId, body }: { projectId: number; body: Schema<'RaiseIssueInput'> }) =>
    content(client.POST('/api/v1/projects/{id}/issues', { params: { path: { id: projectId } }, body })),
  );
}

export interface Said {
  text: string;
  evidence: string;
  attachmentIds: number[];
  due: string;
}

/** One act on the issue at the version its reader saw. */
export function useIssueAct() {
  return useIssueWrite(({ issue, action, said }: { issue: Pick<Issue, 'id' | 'version'>; action: IssueAction; said: Said }) => {
    const params = { path: { id: issue.id }, header: ifMatch(issue.version) };
    const { text, evidence, attachmentIds, due } = said;
    switch (action) {
      case 'reply':
        return content(client.POST('/api/v1/issues/{id}/reply', { params, body: { text } }));
      case 'resolve':
        return content(client.POST('/api/v1/issues/{id}/resolution', { params, body: { text, evidence, attachmentIds } }));
      case 'close':
        return content(client.POST('/api/v1/issues/{id}/closure', { params, body: { text } }));
      case 'reopen':
        return content(client.POST('/api/v1/issues/{id}/reopening', { params, body: { text, due } }));
      case 'withdraw':
        return content(client.POST('/api/v1/issues/{id}/withdrawal', { params, body: { text } }));
      default:
        return content(client.POST('/api/v1/issues/{id}/remark', { params, body: { text } }));
    }
  });
}
