import { expect, it } from 'vitest';
import { facetOptions, latenessChoices, parentFrom, type Facets } from './facets';

const none = { asOf: null, column: [], category: [], district: [], owner: [], stage: [], standing: [], target: [], commitment: [], ruleLight: [], ownerLight: [], disagree: [], provisional: [] };
const facets: Facets = {
  ...none,
  column: [{ key: '12', label: '综合交通', labelEn: 'Transport', parent: null, count: 30 }],
  category: [
    { key: 'rail', label: '轨道', labelEn: 'Rail', parent: null, count: 9 },
    { key: 'rail-metro', label: '地铁', labelEn: 'Metro', parent: 'rail', count: 7 },
  ],
  owner: [{ key: 'sz-water', label: '市水务局', labelEn: '', parent: 'sz', count: 2 }],
};
const words = ({ key, label }: { key: string; label: string }) => label || key;

it('indents a sub-category, but no office below the city', () => {
  expect(facetOptions(facets, 'category', [], words).map(({ depth }) => depth)).toEqual([0, 1]);
  expect(facetOptions(facets, 'owner', [], words)).toMatchObject([{ value: 'sz-water', label: '市水务局', count: 2, depth: 0 }]);
});

it('keeps a chosen value that nothing has any more', () => {
  expect(facetOptions(facets, 'column', ['12', '99'], words).map(({ value, label, count }) => [value, label, count])).toEqual([
    ['12', '综合交通', 30],
    ['99', '99', 0],
  ]);
});

it('knows the parent of a category', () => {
  expect(parentFrom(facets)('rail-metro')).toBe('rail');
  expect(parentFrom(undefined)('rail-metro')).toBeNull();
});

it('offers a lateness that only the address names', () => {
  expect(latenessChoices('31')).toEqual(['1', '31', '91', '181']);
  expect(latenessChoices('60')).toEqual(['1', '31', '91', '181', '60']);
});
