import { expect, test } from 'vitest';
import { ofKind, planDateFrom, type FieldChange, type ProjectDifference } from './change';

const change = (kind: FieldChange['kind']): FieldChange => ({
  kind, milestone: null, before: null, after: null, beforeEn: null, afterEn: null, trend: null,
});
const project = (id: number, ...kinds: FieldChange['kind'][]): ProjectDifference => ({ id, code: `P-${id}`, name: '', changes: kinds.map(change) });

test('a kind keeps its projects and its changes', () => {
  const all = [project(1, 'stage', 'owner'), project(2, 'slip'), project(3, 'forecast', 'forecast')];
  expect(ofKind(all, '')).toEqual(all);
  expect(ofKind(all, 'stage')).toEqual([project(1, 'stage')]);
  expect(ofKind(all, 'forecast')).toEqual([project(3, 'forecast', 'forecast')]);
  expect(ofKind(all, 'light')).toEqual([]);
});

test('a date says how exact it is', () => {
  expect(planDateFrom('2027-06-30')).toEqual({ date: '2027-06-30', precision: 'day' });
  expect(planDateFrom('2027-12-31 year')).toEqual({ date: '2027-12-31', precision: 'year' });
});
