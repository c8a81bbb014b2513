import { expect, it } from 'vitest';
import { noFilter } from '@/api/projectFilter';
import { firstNames, provisionalCount, sortFrom } from './list';

it('takes only orders that the server knows', () => {
  expect(sortFrom('-slip')).toBe('-slip');
  expect(sortFrom('name')).toBe('name');
  expect(sortFrom('')).toBeUndefined();
  expect(sortFrom('--slip')).toBeUndefined();
  expect(sortFrom('version')).toBeUndefined();
});

it('names two districts and counts all', () => {
  expect(firstNames(['南山区'])).toEqual({ shown: ['南山区'], count: 1, more: false });
  expect(firstNames(['南山区', '福田区', '罗湖区'])).toEqual({ shown: ['南山区', '福田区'], count: 3, more: true });
});

it('counts what waits for confirmation among what is kept', () => {
  const facet = (key: string, count: number) => ({ key, label: '', labelEn: '', parent: null, count });
  const none = { asOf: null, column: [], category: [], district: [], owner: [], stage: [], standing: [], target: [], commitment: [], ruleLight: [], ownerLight: [], disagree: [] };
  const facets = { ...none, provisional: [facet('true', 7), facet('false', 3)] };
  expect(provisionalCount(noFilter(), undefined)).toBeUndefined();
  expect(provisionalCount(noFilter(), facets)).toBe(7);
  expect(provisionalCount({ ...noFilter(), provisional: 'false' }, facets)).toBe(0);
  expect(provisionalCount(noFilter(), { ...facets, provisional: [facet('false', 3)] })).toBe(0);
});
