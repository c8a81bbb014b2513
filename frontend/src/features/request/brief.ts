import type { GateAnswer } from './request';

/** The required lines of a checklist that are neither met nor shown not to apply. */
export function lacking<Answer extends Pick<GateAnswer, 'required' | 'verdict'>>(items: readonly Answer[]): Answer[] {
  return items.filter(({ required, verdict }) => required && (verdict === null || verdict === 'no'));
}
