import { expect, it } from 'vitest';
import { contentOf, reportOf } from './sample';
import { changesOf } from './words';

it('a difference is put into the words of its kind', () => {
  const quarter = { date: '2027-09-30', precision: 'quarter' as const };
  const content = contentOf({
    progress: '41.0',
    light: 'red',
    problems: 'flood',
    milestones: [{ milestoneId: 7, name: 'Roof', forecast: quarter, actual: null, reasonCode: 'land', reasonText: '' }],
  });
  const fields = ['progress', 'problems', 'light', 'milestones[7].forecast', 'milestones[7].reasonCode'];
  const report = reportOf({ content, differences: fields.map((field) => ({ field, before: '', after: '' })) });
  expect(changesOf(report).map(({ label, milestone, before, after }) => [label, milestone, before, after])).toEqual([
    ['report.field.progress', '', { kind: 'percent', text: '37.5' }, { kind: 'percent', text: '41.0' }],
    ['report.field.problems', '', { kind: 'nothing' }, { kind: 'text', text: 'flood' }],
    ['report.field.light', '', { kind: 'light', light: 'green' }, { kind: 'light', light: 'red' }],
    ['report.field.forecast', 'Roof', { kind: 'nothing' }, { kind: 'date', date: quarter }],
    ['report.field.reasonCode', 'Roof', { kind: 'nothing' }, { kind: 'reason', code: 'land' }],
  ]);
});

it('a first report differs from nothing', () => {
  expect(changesOf(reportOf({ previous: null, differences: [{ field: 'progress', before: '', after: '1' }] }))).toEqual([]);
});
