import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, ifMatch, type Schema } from '@/api/client';
import { keys } from '@/api/keys';
import { callQuery, type ProjectFilter } from '@/api/projectFilter';
import { isDecimal, sum } from '@/lib/decimal';

export type ProjectInvestment = Schema<'ProjectInvestment'>;
export type InvestmentYear = Schema<'InvestmentYear'>;
export type InvestmentPlan = Schema<'InvestmentPlan'>;
export type InvestmentSummary = Schema<'InvestmentSummary'>;
export type InvestmentTotal = Schema<'InvestmentTotal'>;
export type Rate = Schema<'Rate'>;
export type FundSource = Schema<'FundSource'>;

/** Where a year's money may come from, public money first. */
export const sources = ['central_budget', 'special_bond', 'municipal_finance', 'district_finance', 'enterprise', 'loan', 'other'] as const satisfies readonly FundSource[];

/** A plan as one fills it in, in 元. */
export interface PlanDraft {
  missing: '' | 'not_applicable' | 'withheld';
  planned: string | null;
  basis: string;
  funding: Record<FundSource, string | null>;
  reason: string;
}

export function draftOf(plan: InvestmentPlan | null): PlanDraft {
  const given = new Map(plan?.funding.map(({ source, amount }) => [source, amount]));
  const { missing } = plan?.planned ?? {};
  return {
    missing: missing === 'not_applicable' || missing === 'withheld' ? missing : '',
    planned: plan?.planned.value ?? null,
    basis: plan?.planned.basis ?? '',
    funding: Object.fromEntries(sources.map((source) => [source, given.get(source) ?? null])) as PlanDraft['funding'],
    reason: '',
  };
}

/** The same with each source a field of its own, so that two persons' changes meet field by field. */
export type FlatPlan = Omit<PlanDraft, 'funding'> & Record<FundSource, string | null>;

export const flatOf = ({ funding, ...rest }: PlanDraft): FlatPlan => ({ ...rest, ...funding });

export function planOf({ missing, planned, basis, reason, ...funding }: FlatPlan): PlanDraft {
  return { missing, planned, basis, reason, funding };
}

export function bodyOf(draft: PlanDraft): Schema<'CreateInvestmentPlanInput'> {
  const planned: Schema<'Amount'> = draft.missing
    ? { value: null, missing: draft.missing, ...(draft.missing === 'withheld' && { basis: draft.basis.trim() }) }
    : { value: draft.planned, missing: null };
  const funding = draft.missing ? [] : sources.flatMap((source) => (draft.funding[source] ? [{ source, amount: draft.funding[source] }] : []));
  return { planned, funding };
}

const fen = (yuan: string) => BigInt(sum(yuan, '0.00').replace('.', ''));
const yuanOf = (amount: bigint) => `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`;

/** What the sources leave of the plan, or give beyond it; null while there is no plan. */
export function restOf({ missing, planned, funding }: PlanDraft): { unsecured: string } | { over: string } | null {
  if (missing || planned === null || !isDecimal(planned)) return null;
  const given = sources.reduce((total, source) => total + fen(funding[source] ?? '0.00'), 0n);
  const rest = fen(planned) - given;
  return rest >= 0n ? { unsecured: yuanOf(rest) } : { over: yuanOf(-rest) };
}

/** The revision that counts: the last one that is confirmed. */
export const inEffect = (plans: readonly InvestmentPlan[]) => plans.findLast(({ state }) => state === 'confirmed') ?? null;

/** The years to choose from, the latest first: those with figures, and where one may write them this year and the next. */
export function yearsOf({ years, creatable }: Pick<ProjectInvestment, 'years' | 'creatable'>, thisYear: number): number[] {
  const all = new Set([...years.map(({ year }) => year), thisYear, ...(creatable ? [thisYear + 1] : [])]);
  return [...all].sort((one, other) => other - one);
}

/** A year of which nothing is known. */
export function emptyYear(year: number): InvestmentYear {
  const nothing = { value: null, missing: 'not_filled' } as const;
  const rate = { percent: null, over: false, done: '0.00', base: '0.00', filled: 0, of: 1 };
  return { year, period: null, month: nothing, toDate: nothing, total: nothing, arrived: nothing, completion: rate, plans: [], allowed: [] };
}

export function useProjectInvestment(projectId: MaybeRefOrGetter<number>) {
  return useQuery({
    queryKey: computed(() => keys.investment.ofProject(toValue(projectId))),
    queryFn: ({ signal }) =>
      content(client.GET('/api/v1/projects/{id}/investment', { params: { path: { id: toValue(projectId) } }, signal })),
    staleTime: 0,
  });
}

/** The money of everything that the filter keeps, in a year. */
export function useInvestment(filter: MaybeRefOrGetter<ProjectFilter>, year: MaybeRefOrGetter<string>) {
  const query = computed(() => ({ ...callQuery(toValue(filter)), year: Number(toValue(year)) || undefined }));
  return useQuery({
    queryKey: computed(() => keys.investment.total(query.value)),
    queryFn: ({ signal }) => content(client.GET('/api/v1/investment', { params: { query: query.value }, signal })),
    placeholderData: keepPreviousData,
  });
}

interface PlanOf {
  projectId: number;
  year: number;
}
type Read = PlanOf & Pick<InvestmentPlan, 'version'>;

// Sums and the project's history follow from every act on a plan.
function usePlanAct<Input>(mutationFn: (input: Input) => Promise<InvestmentPlan>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    networkMode: 'always',
    onSettled: () => queries.invalidateQueries({ queryKey: keys.project.all }),
  });
}

const at = ({ projectId, year, version }: Read) => ({ path: { id: projectId, year }, header: ifMatch(version) });

export function useCreatePlan() {
  return usePlanAct(({ projectId, year, body }: PlanOf & { body: Schema<'CreateInvestmentPlanInput'> }) =>
    content(client.PUT('/api/v1/projects/{id}/investment/{year}', { params: { path: { id: projectId, year } }, body })),
  );
}

export function useSavePlan() {
  return usePlanAct(({ read, body }: { read: Read; body: Schema<'SaveInvestmentPlanInput'> }) =>
    content(client.PATCH('/api/v1/projects/{id}/investment/{year}', { params: at(read), body })),
  );
}

export function useRevisePlan() {
  return usePlanAct(({ read, body }: { read: Read; body: Schema<'ReviseInvestmentPlanInput'> }) =>
    content(client.POST('/api/v1/projects/{id}/investment/{year}/revision', { params: at(read), body })),
  );
}

export function useConfirmPlan() {
  return usePlanAct((read: Read) => content(client.POST('/api/v1/projects/{id}/investment/{year}/confirmation', { params: at(read) })));
}
