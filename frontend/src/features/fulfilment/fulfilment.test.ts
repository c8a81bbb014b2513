import { expect, test } from 'vitest';
import { noFilter } from '@/api/projectFilter';
import { countedBy, countOf, promised, states } from './fulfilment';

const counts = { projects: 15, kept: 5, onTheWay: 4, unconfirmed: 3, lapsed: 2, none: 1 };

test('the states are all there is', () => {
  expect(states.map((state) => countOf(counts, state)).reduce((a, b) => a + b)).toBe(counts.projects);
  expect(promised(counts)).toBe(14);
});

test('a count opens its list', () => {
  expect(countedBy({ ...noFilter(), column: ['12'] }, 'kept')).toMatchObject({ column: ['12'], promise: ['kept'] });
  expect(countedBy({ ...noFilter(), promise: ['lapsed'] }, 'kept')).toBeNull();
  expect(countedBy(null, 'kept')).toBeNull();
});
