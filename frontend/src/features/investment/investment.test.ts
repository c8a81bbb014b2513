import { describe, expect, it } from 'vitest';
import { bodyOf, draftOf, emptyYear, inEffect, restOf, yearsOf, type InvestmentPlan } from './investment';

const plan = (state: InvestmentPlan['state'], revision: number) => ({ state, revision }) as InvestmentPlan;

describe('the plan of a year', () => {
  it('says to the fen what no source gives, and what they give too much', () => {
    const draft = { ...draftOf(null), planned: '100.00' };
    expect(restOf(draft)).toEqual({ unsecured: '100.00' });
    draft.funding = { ...draft.funding, loan: '40.5', special_bond: '59.49' };
    expect(restOf(draft)).toEqual({ unsecured: '0.01' });
    draft.funding.other = '0.03';
    expect(restOf(draft)).toEqual({ over: '0.02' });
    expect(restOf({ ...draft, planned: null })).toBeNull();
    expect(restOf({ ...draft, missing: 'withheld' })).toBeNull();
  });

  it('sends only sources that give something, and none without an amount', () => {
    const draft = { ...draftOf(null), planned: '9.00' };
    draft.funding.loan = '4.00';
    expect(bodyOf(draft)).toEqual({ planned: { value: '9.00', missing: null }, funding: [{ source: 'loan', amount: '4.00' }] });
    expect(bodyOf({ ...draft, missing: 'withheld', basis: ' 保密法 ' })).toEqual({ planned: { value: null, missing: 'withheld', basis: '保密法' }, funding: [] });
  });

  it('counts by the last confirmed revision', () => {
    expect(inEffect([plan('confirmed', 1), plan('confirmed', 2), plan('revising', 3)])?.revision).toBe(2);
    expect(inEffect([plan('draft', 1)])).toBeNull();
  });

  it('offers this year always, and the next to who may write it', () => {
    expect(yearsOf({ years: [emptyYear(2024)], creatable: false }, 2026)).toEqual([2026, 2024]);
    expect(yearsOf({ years: [emptyYear(2026)], creatable: true }, 2026)).toEqual([2027, 2026]);
  });
});
