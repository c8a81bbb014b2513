import { keepPreviousData, useInfiniteQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';
import { nextDay } from './day';

export type AuditRecord = Schema<'AuditRecord'>;
export type AuditResult = Schema<'AuditResult'>;

/** What the record's page keeps in its address; days are yyyy-mm-dd, both included. */
export interface AuditFilter {
  actor: string;
  action: string;
  objectKind: string;
  result: string;
  projectId: string;
  from: string;
  to: string;
}

export function noAuditFilter(): AuditFilter & Record<string, string> {
  return { actor: '', action: '', objectKind: '', result: '', projectId: '', from: '', to: '' };
}

/** The acts that are recorded when they succeed; a refused one may carry a permission instead. */
export const actions = [
  'session.create',
  'session.end',
  'project.update',
  'project.confirm',
  'project.move',
  'project.standing',
  'milestone.create',
  'milestone.update',
  'user.create',
  'user.update',
  'user.roles',
  'user.password',
  'user.mail',
  'report.urge',
  'catalogue.load',
] as const;
export const objectKinds = ['project', 'milestone', 'user', 'session', 'catalogue'] as const;
export const results = ['done', 'refused', 'failed'] as const;

const day = /^\d{4}-\d{2}-\d{2}$/;
/** Where a day begins: the record is read by the clock of the city, not the reader's. */
const midnight = (date: string) => `${date}T00:00:00+08:00`;

/** The filter as the call wants it: two instants, the second not included. */
export function auditQuery(filter: AuditFilter) {
  const project = Number(filter.projectId);
  return {
    actor: filter.actor.trim() || undefined,
    action: filter.action || undefined,
    objectKind: filter.objectKind || undefined,
    result: (filter.result as AuditResult) || undefined,
    projectId: Number.isInteger(project) && project > 0 ? project : undefined,
    from: day.test(filter.from) ? midnight(filter.from) : undefined,
    to: day.test(filter.to) ? midnight(nextDay(filter.to)) : undefined,
  };
}

/** The record, newest first, a page at a time. */
export function useAudit(filter: MaybeRefOrGetter<AuditFilter>) {
  const query = computed(() => ({ ...auditQuery(toValue(filter)), limit: 50, withTotal: true }));
  return useInfiniteQuery({
    queryKey: computed(() => keys.audit(query.value)),
    queryFn: ({ pageParam, signal }) =>
      content(client.GET('/api/v1/audit', { params: { query: { ...query.value, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}
