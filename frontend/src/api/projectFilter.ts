import type { LocationQueryRaw, RouteLocationRaw } from 'vue-router';
import type { Schema } from './client';

/**
 * What selects projects: the same keys in the address of the list, the board and
 * the dashboard, and in the calls behind them. Repeated values widen, keys narrow.
 */
export interface ProjectFilter {
  column: string[];
  category: string[];
  district: string[];
  owner: string[];
  ownerTree: string[];
  stage: string[];
  standing: string[];
  target: string[];
  commitment: string[];
  ruleLight: string[];
  ownerLight: string[];
  disagree: string[];
  promise: string[];
  report: string[];
  supervision: string[];
  /** How late, in classes; against the original baselines, or the current ones where `slipAgainst` says so. */
  slip: string[];
  slipAgainst: string;
  provisional: string;
  lateBy: string;
  mine: string;
  q: string;
  /** A past month, "2026-08", at whose end the records are read; '' is today. */
  asOf: string;
}

type ListKey = { [Key in keyof ProjectFilter]: ProjectFilter[Key] extends string[] ? Key : never }[keyof ProjectFilter];

/** Everything: the filter that leaves no project out. */
export function noFilter(): ProjectFilter & Record<string, string | string[]> {
  return {
    column: [],
    category: [],
    district: [],
    owner: [],
    ownerTree: [],
    stage: [],
    standing: [],
    target: [],
    commitment: [],
    ruleLight: [],
    ownerLight: [],
    disagree: [],
    promise: [],
    report: [],
    supervision: [],
    slip: [],
    slipAgainst: '',
    provisional: '',
    lateBy: '',
    mine: '',
    q: '',
    asOf: '',
  };
}

const list = <Value extends string>(values: string[]) => (values.length > 0 ? (values as Value[]) : undefined);
const flag = (value: string) => (value === 'true' ? true : value === 'false' ? false : undefined);

/** The filter as query parameters of a call; what narrows nothing is left out. */
export function callQuery(filter: ProjectFilter) {
  const days = Number(filter.lateBy);
  return {
    column: filter.column.length > 0 ? filter.column.map(Number) : undefined,
    category: list(filter.category),
    district: list(filter.district),
    owner: list(filter.owner),
    ownerTree: list(filter.ownerTree),
    stage: list<Schema<'Stage'>>(filter.stage),
    standing: list<Schema<'Standing'>>(filter.standing),
    target: list<Schema<'Target'>>(filter.target),
    commitment: list(filter.commitment),
    ruleLight: list<Schema<'RuleLight'>>(filter.ruleLight),
    ownerLight: list<Schema<'Light'>>(filter.ownerLight),
    disagree: list<Schema<'Disagreement'>>(filter.disagree),
    promise: list<Schema<'PromiseState'>>(filter.promise),
    report: list<Schema<'DutyGroup'>>(filter.report),
    supervision: list<Schema<'SupervisionState'>>(filter.supervision),
    slip: list<Schema<'SlipBin'>>(filter.slip),
    slipAgainst: filter.slip.length > 0 && filter.slipAgainst === 'current' ? ('current' as const) : undefined,
    provisional: flag(filter.provisional),
    lateBy: Number.isInteger(days) && days > 0 ? days : undefined,
    mine: flag(filter.mine) || undefined,
    q: filter.q.trim() || undefined,
    asOf: filter.asOf || undefined,
  };
}

/** A page about the projects of a filter; the shortest address means all of them. */
export function projectsAt(path: string, filter: ProjectFilter): RouteLocationRaw {
  const narrowing = Object.entries(filter).filter(([, value]: [string, string | string[]]) => value.length > 0);
  return { path, query: Object.fromEntries(narrowing) as LocationQueryRaw };
}

/** The page of a project, at the same time as the page that leads there. */
export function projectAt(id: number, asOf: unknown): string {
  return `/projects/${id}${asOf ? `?asOf=${encodeURIComponent(String(asOf))}` : ''}`;
}

/**
 * The filter narrowed to one value of a key, for the link on a number. Null when
 * no filter says that: with two columns chosen, a project of theirs that a third
 * column names too can be counted there but not asked for.
 */
export function narrowedTo(filter: ProjectFilter, key: ListKey, value: string): ProjectFilter | null {
  const chosen = filter[key];
  if (chosen.length > 0 && !chosen.includes(value)) return null;
  return { ...filter, [key]: [value] };
}

/** As `narrowedTo`, for a class of lateness: one baseline is asked about at a time. */
export function narrowedToSlip(filter: ProjectFilter, bin: string, against: 'original' | 'current'): ProjectFilter | null {
  const asked = filter.slipAgainst === 'current' ? 'current' : 'original';
  if (filter.slip.length > 0 && (asked !== against || !filter.slip.includes(bin))) return null;
  return { ...filter, slip: [bin], slipAgainst: against === 'current' ? against : '' };
}

/** As `narrowedTo`, for a category of the first level, which holds others. */
export function narrowedToCategory(
  filter: ProjectFilter,
  top: string,
  parentOf: (category: string) => string | null,
): ProjectFilter | null {
  if (filter.category.length === 0 || filter.category.includes(top)) return { ...filter, category: [top] };
  const within = filter.category.filter((category) => parentOf(category) === top);
  return within.length > 0 ? { ...filter, category: within } : null;
}
