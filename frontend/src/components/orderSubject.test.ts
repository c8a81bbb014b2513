import { describe, expect, it } from 'vitest';
import { firstDemand, type OrderSubject } from './orderSubject';

const t = (key: string, named: Record<string, unknown> = {}) => `${key.replace('order.cause.', '')}${Object.values(named).join()} `;
const of = (lights: Pick<OrderSubject, 'ruleLight' | 'ownerLight'>) =>
  firstDemand({ project: { id: 1, code: 'X', name: 'Y' }, addressee: { id: 2, name: 'Z' }, ...lights }, t);

describe('the demand of an order', () => {
  it.each([
    [{ ruleLight: 'red', ownerLight: 'green' }, /rule_red ownerlight\.green/],
    [{ ruleLight: 'red', ownerLight: 'red' }, /rule_red(?! owner)/],
    [{ ruleLight: null, ownerLight: 'yellow' }, /(?<!rule_)yellow/],
  ] as const)('speaks of the rule’s light, and of the owner’s where that differs: %o', (lights, words) => expect(of(lights)).toMatch(words));

  it('says what the rule’s light rests on', () => {
    const subject = { project: { id: 1, code: 'X', name: 'Y' }, addressee: { id: 2, name: 'Z' }, ruleLight: 'red' as const };
    expect(firstDemand({ ...subject, reasons: ['One.', 'Two.'] }, t)).toBe('becauserule_red  reasonsapartOne.,Two.  demand ');
    expect(firstDemand({ ...subject, reasons: [] }, t)).not.toContain('reasons');
  });

  it('is silent of lights where none warns', () => expect(of({ ruleLight: 'green', ownerLight: 'green' })).toBe('demand '));
});
