import type { Schema } from '@/api/client';

/** What a supervision order is about, as far as the screen already knows it. */
export interface OrderSubject {
  project: { id: number; code: string; name: string };
  /** To whom it goes unless another is chosen. */
  addressee: { id: number; name: string };
  ownerLight?: Schema<'Light'> | null;
  progress?: string | null;
  reportedPeriod?: string | null;
  slipDays?: number | null;
  /** The issue it comes from, with its title. */
  issue?: { id: number; title: string };
}

type Translate = (key: string, named?: Record<string, unknown>) => string;

/** The demand to begin with: what the project shows, and what is wanted of the addressee. */
export function firstDemand(subject: OrderSubject, t: Translate): string {
  const causes = [
    subject.issue && t('order.cause.issue', { title: subject.issue.title }),
    subject.ownerLight && subject.ownerLight !== 'green' && t(`order.cause.${subject.ownerLight}`),
    subject.progress && t('order.cause.progress', { progress: subject.progress, period: subject.reportedPeriod ?? '' }),
    subject.slipDays && subject.slipDays > 0 && t('order.cause.slip', { days: subject.slipDays }),
  ].filter(Boolean);
  const because = causes.length > 0 ? t('order.cause.because', { causes: causes.join(t('order.cause.comma')) }) : '';
  return `${because}${t('order.cause.demand')}`;
}
