import { useQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';

export type Work = Schema<'Work'>;
export type Duty = Schema<'ReportDuty'>;
export type DutyGroup = Schema<'DutyGroup'>;

/** The groups of the desk, the most pressing first; who owes nothing is not listed. */
export const groups = ['returned', 'late', 'draft', 'due', 'waiting'] as const;

/** What an administrator may have to act on, in the order of the desk. */
export const states = ['without_role', 'roles_left', 'never_signed_in', 'password_due', 'disabled'] as const satisfies readonly Schema<'UserState'>[];

/** Whether the desk is a leader's: who reads meetings, and neither writes reports nor decides on them. The server decides by the same. */
export function overseesOnly(can: (permission: Schema<'Permission'>) => boolean): boolean {
  return can('meeting:read') && !can('report:write') && !can('report:decide');
}

/** Whether anything stands on the desk. */
export function idle({ bureau, review, oversight, accounts, record, issues, orders }: Work): boolean {
  const waits = [issues, orders].some(({ answer, close }) => answer + close > 0);
  const owes = bureau !== null && (bureau.duties.length > 0 || bureau.requests.length > 0 || bureau.red > 0);
  return !waits && !owes && !review && !oversight && !record && Object.keys(accounts).length === 0;
}

/** What is due, late, returned or waiting for the reader. */
export function useWork(enabled: MaybeRefOrGetter<boolean> = true) {
  return useQuery({
    queryKey: keys.report.work,
    enabled: computed(() => toValue(enabled)),
    queryFn: ({ signal }) => content(client.GET('/api/v1/work', { signal })),
    staleTime: 0,
  });
}
