import type { Schema } from '@/api/client';

/** What a supervision order is about, as far as the screen already knows it. */
export interface OrderSubject {
  project: { id: number; code: string; name: string };
  /** To whom it goes unless another is chosen. */
  addressee: { id: number; name: string };
  ownerLight?: Schema<'Light'> | null;
  ruleLight?: Schema<'RuleLight'> | null;
  progress?: string | null;
  reportedPeriod?: string | null;
  slipDays?: number | null;
  /** What the rule's light rests on, a sentence each, the worst first. */
  reasons?: readonly string[];
  /** The issue it comes from, with its title. */
  issue?: { id: number; title: string };
}

type Translate = (key: string, named?: Record<string, unknown>) => string;

// What the rule shows, and beside it what the owner says where that is something else; the owner alone where the rule
// shows nothing.
function lightCause({ ruleLight, ownerLight }: OrderSubject, t: Translate): string | false {
  const own = ownerLight ? t(`light.${ownerLight}`) : '';
  if (ruleLight === 'red' || ruleLight === 'yellow') {
    const rule = t(`order.cause.rule_${ruleLight}`);
    return own && ownerLight !== ruleLight ? `${rule}${t('order.cause.owner', { light: own })}` : rule;
  }
  return !!ownerLight && ownerLight !== 'green' && t(`order.cause.${ownerLight}`);
}

/** The demand to begin with: what the project shows, and what is wanted of the addressee. */
export function firstDemand(subject: OrderSubject, t: Translate): string {
  const causes = [
    subject.issue && t('order.cause.issue', { title: subject.issue.title }),
    lightCause(subject, t),
    subject.progress && t('order.cause.progress', { progress: subject.progress, period: subject.reportedPeriod ?? '' }),
    subject.slipDays && subject.slipDays > 0 && t('order.cause.slip', { days: subject.slipDays }),
  ].filter(Boolean);
  const because = causes.length > 0 ? t('order.cause.because', { causes: causes.join(t('order.cause.comma')) }) : '';
  const reasons = subject.reasons?.length ? t('order.cause.reasons', { reasons: subject.reasons.reduce((said, next) => t('order.cause.apart', { said, next })) }) : '';
  return `${because}${reasons}${t('order.cause.demand')}`;
}
