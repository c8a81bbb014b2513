import { describe, expect, it } from 'vitest';
import { changeOf } from '@/lib/draft';
import { checkMilestone, createBody, daysBetween, demandsOf, draftOf, updateBody, type MilestoneDraft } from './form';
import type { Milestone } from './milestone';

const day = (date: string) => ({ date, precision: 'day' as const });
const milestone = {
  kind: 'start',
  name: '开工',
  baseline: day('2027-01-01'),
  currentBaseline: day('2027-03-01'),
  forecast: day('2027-03-01'),
  actual: null,
  reasonCode: 'land',
  reasonText: '用地批复较晚。',
} as Milestone;
const today = '2026-11-23';

const edited = (edit: Partial<MilestoneDraft>) => ({ ...draftOf(milestone), ...edit });
const bodyOf = (edit: Partial<MilestoneDraft>) => updateBody(milestone, changeOf(draftOf(milestone), edited(edit)), edited(edit));

describe('what a forecast asks for', () => {
  it('nothing while it stays', () => {
    expect(demandsOf(milestone, draftOf(milestone))).toEqual({ late: 0, reason: false, words: false });
  });

  it('a reason when it moves, words past thirty days behind the current baseline', () => {
    expect(demandsOf(milestone, edited({ forecast: day('2027-03-31') }))).toEqual({ late: 30, reason: true, words: false });
    expect(demandsOf(milestone, edited({ forecast: day('2027-04-01') }))).toEqual({ late: 31, reason: true, words: true });
  });

  it('a reason for a first forecast only when it is late', () => {
    const first = { ...milestone, forecast: null };
    expect(demandsOf(first, edited({ forecast: day('2027-02-01') })).reason).toBe(false);
    expect(demandsOf(first, edited({ forecast: day('2027-03-02') })).reason).toBe(true);
  });

  it('no words about lateness once it is reached', () => {
    expect(demandsOf(milestone, edited({ forecast: day('2027-09-01'), actual: '2026-11-20' })).words).toBe(false);
  });
});

describe('the draft', () => {
  it('lacks kind and name at first', () => {
    expect(checkMilestone(null, draftOf(null), today)).toEqual({ kind: 'detail.kindMissing', name: 'detail.nameMissing' });
  });

  it('counts characters, not spaces around them', () => {
    const late = { forecast: day('2027-09-01'), reasonCode: 'land' as const };
    expect(checkMilestone(milestone, edited({ ...late, reasonText: '  九个字还差一个字  ' }), today)).toHaveProperty('reasonText');
    expect(checkMilestone(milestone, edited({ ...late, reasonText: '这里写足了十个字的说明' }), today)).toEqual({});
  });

  it('is not reached in the future', () => {
    expect(checkMilestone(milestone, edited({ actual: '2026-11-24' }), today)).toEqual({ actual: 'detail.actualInFuture' });
    expect(checkMilestone(milestone, edited({ actual: today }), today)).toEqual({});
  });
});

describe('the body', () => {
  it('holds what was changed', () => {
    expect(bodyOf({ actual: '2026-11-20' })).toEqual({ actual: '2026-11-20' });
    expect(bodyOf({ name: ' 正式开工 ' })).toEqual({ name: '正式开工' });
  });

  it('clears with null, never with an empty word', () => {
    expect(bodyOf({ reasonCode: '' })).toEqual({ reasonCode: null });
  });

  it('gives each move of the forecast its reason, the same one too', () => {
    expect(bodyOf({ forecast: day('2027-03-20') })).toEqual({ forecast: day('2027-03-20'), reasonCode: 'land' });
  });

  it('of a new one names its kind', () => {
    expect(createBody({ ...draftOf(null), kind: 'permit', name: '施工许可' })).toEqual({
      kind: 'permit',
      name: '施工许可',
      phase: '',
      baseline: null,
      forecast: null,
      actual: null,
      reasonCode: null,
      reasonText: '',
    });
  });
});

it('counts days across months and years', () => {
  expect(daysBetween('2027-12-31', '2028-01-01')).toBe(1);
  expect(daysBetween('2028-03-01', '2028-02-28')).toBe(-2);
});
