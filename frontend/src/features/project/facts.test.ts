import { expect, it } from 'vitest';
import { changeOf } from '@/lib/draft';
import { checkFacts, factsBody, factsOf, type Facts } from './facts';
import type { ProjectDetail } from './project';

const none = { value: null, missing: 'not_filled' as const };
const project = {
  constructionUnit: '甲公司',
  nationalCode: '',
  summary: '',
  internalNote: null,
  estimate: { value: '120000000.00', missing: null },
  budget: none,
  finalAccount: none,
} as unknown as ProjectDetail;

const bodyOf = (edit: Partial<Facts>) => {
  const base = factsOf(project);
  return factsBody(changeOf(base, { ...base, ...edit }));
};

it('sends only what was changed, without the spaces around it', () => {
  expect(bodyOf({})).toEqual({});
  expect(bodyOf({ constructionUnit: ' 乙公司 ' })).toEqual({ constructionUnit: '乙公司' });
});

it('sends a figure or a reason, never both', () => {
  expect(bodyOf({ budget: { value: '5.00', missing: '', basis: '' } })).toEqual({ budget: { value: '5.00', missing: null } });
  expect(bodyOf({ estimate: { value: '5.00', missing: 'not_applicable', basis: 'left over' } })).toEqual({
    estimate: { value: null, missing: 'not_applicable' },
  });
  expect(bodyOf({ estimate: { value: null, missing: 'withheld', basis: ' 保密法 ' } })).toEqual({
    estimate: { value: null, missing: 'withheld', basis: '保密法' },
  });
});

it('asks for the figure, and for the basis of what is withheld', () => {
  expect(checkFacts({ budget: { value: null, missing: '', basis: '' } })).toEqual({ budget: 'detail.amountMissing' });
  expect(checkFacts({ budget: { value: null, missing: 'withheld', basis: ' ' } })).toEqual({ budget: 'detail.basisMissing' });
  expect(checkFacts({ budget: { value: null, missing: 'not_filled', basis: '' }, summary: '' })).toEqual({});
});
