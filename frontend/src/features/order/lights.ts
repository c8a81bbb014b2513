import type { Order } from './order';

type Cause = Pick<Order['cause'], 'ruleLight' | 'ownerLight' | 'reviewerLight'>;

/**
 * Which lights of its cause an order shows: the rule's first; the owner's where it says something else, or where the
 * rule's was not kept; the Commission's where it had spoken.
 */
export function lightsOf({ ruleLight, ownerLight, reviewerLight }: Cause) {
  return [
    ...(ruleLight ? [{ kind: 'rule' as const, light: ruleLight }] : []),
    ...(ownerLight !== ruleLight ? [{ kind: 'owner' as const, light: ownerLight }] : []),
    ...(reviewerLight ? [{ kind: 'reviewer' as const, light: reviewerLight }] : []),
  ];
}
