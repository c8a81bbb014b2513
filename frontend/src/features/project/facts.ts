import type { Schema } from '@/api/client';
import type { Amount, ProjectDetail } from './project';

/** An amount as one fills it in: a figure, or why there is none. */
export interface AmountDraft {
  /** 元 to the 分; null while nothing valid is typed. */
  value: string | null;
  missing: Schema<'Missing'> | '';
  basis: string;
}

/** What a bureau keeps true of its project, as one fills it in. */
export interface Facts {
  constructionUnit: string;
  nationalCode: string;
  summary: string;
  internalNote: string;
  estimate: AmountDraft;
  budget: AmountDraft;
  finalAccount: AmountDraft;
}

/** The three totals in the order they come to be known: 估算, 概算, 决算. */
export const amounts = ['estimate', 'budget', 'finalAccount'] as const;
export const factFields = ['constructionUnit', 'nationalCode', ...amounts, 'summary', 'internalNote'] as const;

function amountDraft({ value, missing, basis = '' }: Amount): AmountDraft {
  return { value, missing: missing ?? '', basis };
}

export function factsOf(project: ProjectDetail): Facts {
  return {
    constructionUnit: project.constructionUnit,
    nationalCode: project.nationalCode,
    summary: project.summary,
    internalNote: project.internalNote ?? '',
    estimate: amountDraft(project.estimate),
    budget: amountDraft(project.budget),
    finalAccount: amountDraft(project.finalAccount),
  };
}

function amountInput({ value, missing, basis }: AmountDraft): Schema<'AmountInput'> {
  if (!missing) return { value, missing: null };
  return missing === 'withheld' ? { value: null, missing, basis: basis.trim() } : { value: null, missing };
}

/** The body of a partial edit: what was not touched is not sent. */
export function factsBody(change: Partial<Facts>): Schema<'UpdateProjectInput'> {
  const entries = Object.entries(change).map(([field, value]) => [field, typeof value === 'string' ? value.trim() : amountInput(value)]);
  return Object.fromEntries(entries) as Schema<'UpdateProjectInput'>;
}

/** What the facts lack, as message keys by field; the server checks again. */
export function checkFacts(change: Partial<Facts>): Record<string, string> {
  const lacking = amounts.flatMap((field) => {
    const amount = change[field];
    if (!amount) return [];
    if (!amount.missing && amount.value === null) return [[field, 'detail.amountMissing']];
    return amount.missing === 'withheld' && !amount.basis.trim() ? [[field, 'detail.basisMissing']] : [];
  });
  return Object.fromEntries(lacking) as Record<string, string>;
}
