import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import type { LocationQueryRaw, RouteLocationRaw } from 'vue-router';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';
import { callQuery, projectsAt, type ProjectFilter } from '@/api/projectFilter';
import { monthOf } from '@/components/record';

type FilterSource = MaybeRefOrGetter<ProjectFilter>;
export type YearMoney = Schema<'InvestmentSummary'>;
export type Differences = Schema<'Differences'>;
export type SlipBin = Schema<'SlipBin'>;
export type SlipSummary = Schema<'SlipSummary'>;

/** How late, in the order screens show it. */
export const slipBins = ['none', 'on_time', 'to_30', 'to_90', 'to_180', 'over_180'] as const satisfies readonly SlipBin[];
export const slipTones = { none: 'none', on_time: 'ok', to_30: 'soft', to_90: 'warn', to_180: 'bad', over_180: 'worst' } as const satisfies Record<SlipBin, string>;

/** A class of lateness against both baselines, with the share of the fullest class. */
export function slipLines({ original, current }: SlipSummary) {
  const fullest = Math.max(1, ...Object.values(original), ...Object.values(current));
  return slipBins.map((bin) => ({
    bin,
    original: original[bin] ?? 0,
    current: current[bin] ?? 0,
    share: { original: (original[bin] ?? 0) / fullest, current: (current[bin] ?? 0) / fullest },
  }));
}

/** The money of the year for the filter's projects. The records of a past month hold none, so nothing is asked then. */
export function useYearMoney(filter: FilterSource, enabled: MaybeRefOrGetter<boolean> = true) {
  const query = computed(() => callQuery({ ...toValue(filter), asOf: '' }));
  return useQuery({
    queryKey: computed(() => keys.investment.total(query.value)),
    queryFn: ({ signal }) => content(client.GET('/api/v1/investment', { params: { query: query.value }, signal })),
    enabled: () => toValue(enabled) && toValue(filter).asOf === '',
    placeholderData: keepPreviousData,
  });
}

/** The month-end before the time that is looked at: what "since last month" counts from; '' where there is none. */
export function monthBefore(ends: readonly string[], asOf: string): string {
  return monthOf(ends.find((end) => asOf === '' || monthOf(end) < monthOf(asOf)) ?? '');
}

/** What changed on the filter's projects since a month-end, until the time that is looked at. */
export function useChangesSince(filter: FilterSource, from: MaybeRefOrGetter<string>) {
  const query = computed(() => ({
    ...callQuery({ ...toValue(filter), asOf: '' }),
    from: toValue(from) || undefined,
    to: toValue(filter).asOf || undefined,
  }));
  return useQuery({
    queryKey: computed(() => keys.differences(query.value)),
    queryFn: ({ signal }) => content(client.GET('/api/v1/projects/differences', { params: { query: query.value }, signal })),
    enabled: () => toValue(from) !== '',
    placeholderData: keepPreviousData,
  });
}

/** The kinds of change that a leader asks for first. */
export const tracked = ['stage', 'rule_light', 'forecast', 'report'] as const;

/** One kind of change: on how many projects, and in which way. `turned` are those whose light is now red. */
export function changeLine({ totals, projects }: Differences, kind: (typeof tracked)[number]) {
  const { projects: count, up, down } = totals.find((line) => line.kind === kind) ?? { projects: 0, up: 0, down: 0 };
  const turned = projects.filter(({ changes }) => changes.some((change) => change.kind === 'rule_light' && change.after === 'red')).length;
  return { kind, count, up, down, turned };
}

/** The page of the changes of one kind that the line counted. */
export function changesAt(filter: ProjectFilter, from: string, kind: string): RouteLocationRaw {
  const { asOf, ...rest } = filter;
  const at = projectsAt('/changes', { ...rest, asOf: '' }) as { path: string; query: LocationQueryRaw };
  return { path: at.path, query: { ...at.query, from, ...(asOf && { to: asOf }), kind } };
}
