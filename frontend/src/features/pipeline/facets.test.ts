import { expect, it } from 'vitest';
import { facetOptions, parentFrom } from './facets';
import type { Facets } from './pipeline';

const none = { column: [], category: [], district: [], owner: [], stage: [], standing: [], target: [], commitment: [], provisional: [] };
const facets: Facets = {
  ...none,
  column: [{ key: '12', label: '综合交通', labelEn: 'Transport', parent: null, count: 30 }],
  category: [
    { key: 'rail', label: '轨道', labelEn: 'Rail', parent: null, count: 9 },
    { key: 'rail-metro', label: '地铁', labelEn: 'Metro', parent: 'rail', count: 7 },
  ],
};
const chinese = ({ name }: { name: string }) => name;

it('names a column with its number and indents a sub-category', () => {
  expect(facetOptions(facets, 'column', [], chinese)).toMatchObject([{ value: '12', label: '12 综合交通', count: 30 }]);
  expect(facetOptions(facets, 'category', [], chinese).map(({ depth }) => depth)).toEqual([0, 1]);
});

it('keeps a chosen value that nothing has any more', () => {
  expect(facetOptions(facets, 'column', ['12', '99'], chinese).map(({ value, count }) => [value, count])).toEqual([
    ['12', 30],
    ['99', 0],
  ]);
});

it('knows the parent of a category', () => {
  expect(parentFrom(facets)('rail-metro')).toBe('rail');
  expect(parentFrom(undefined)('rail-metro')).toBeNull();
});
