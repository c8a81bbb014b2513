import { describe, expect, it } from 'vitest';
import { bodyOf, draftOf, fieldOfPath, percentOf, unsettled } from './draft';
import { contentOf, reportOf } from './sample';

describe('a percentage as typed', () => {
  it.each([
    ['', null],
    [' ', null],
    ['37.5', '37.5'],
    ['３７％', '37'],
    ['100', '100'],
    ['100.1', undefined],
    ['37.55', undefined],
    ['-1', undefined],
    ['about 30', undefined],
  ])('%j', (typed, read) => expect(percentOf(typed)).toBe(read));
});

describe('what is sent', () => {
  it('is nothing but what was touched', () => {
    expect(bodyOf({ problems: 'flood' })).toEqual({ problems: 'flood' });
  });

  it('waits with a percentage or a basis that is not complete', () => {
    expect(bodyOf({ progress: '4x', month: { value: null, missing: 'withheld', basis: ' ' }, problems: '' })).toEqual({ problems: '' });
  });

  it('says why there is no amount', () => {
    expect(bodyOf({ month: { value: '1.00', missing: 'withheld', basis: ' law ' } }).month).toEqual({ value: null, missing: 'withheld', basis: 'law' });
    expect(bodyOf({ month: { value: null, missing: '', basis: '' } }).month).toEqual({ value: null, missing: 'not_filled' });
    expect(bodyOf({ month: { value: '1.00', missing: '', basis: '' } }).month).toEqual({ value: '1.00', missing: null });
  });

  it('names each touched milestone and no other', () => {
    const forecast = { date: '2027-09-30', precision: 'quarter' as const };
    expect(bodyOf({ 'milestone-7': { forecast, actual: null, reasonCode: 'land', reasonText: 'late' } }).milestones).toEqual([
      { milestoneId: 7, forecast, actual: null, reasonCode: 'land', reasonText: 'late' },
    ]);
    expect(bodyOf({ progress: '5' }).milestones).toBeUndefined();
  });

  it('reads back as it was', () => {
    const draft = draftOf(contentOf({ progress: '40.0', month: { value: null, missing: 'withheld', basis: 'law' } }));
    expect(draft.progress).toBe('40');
    expect(bodyOf(draft)).toMatchObject({ progress: '40', month: { missing: 'withheld', basis: 'law' }, light: 'green', milestones: [{ milestoneId: 7 }] });
  });
});

it('a finding leads to its field, also below a milestone', () => {
  expect(fieldOfPath('total', contentOf())).toBe('total');
  expect(fieldOfPath('month.basis', contentOf())).toBe('month');
  expect(fieldOfPath('milestones[0].forecast', contentOf())).toBe('milestone-7.forecast');
  expect(fieldOfPath('milestones[0].milestoneId', contentOf())).toBe('milestone-7');
});

it('an explanation settles what may be explained, not what blocks, and needs ten characters', () => {
  const findings = (['blocking', 'explainable', 'notice'] as const).map((level) => ({ level, field: 'total', code: level, sentence: '' }));
  const left = (explanation: string) => unsettled(reportOf({ findings, content: contentOf({ explanation }) })).map(({ level }) => level);
  expect(left('台风停工')).toEqual(['blocking', 'explainable']);
  expect(left('台风停工十日，已补报。')).toEqual(['blocking']);
});
