import { expect, it } from 'vitest';
import { changedFields, changeOf, rebase } from './draft';

const base = { unit: '甲公司', code: '', amount: { value: null as string | null, missing: 'not_filled' } };

it('sends what was changed and nothing else', () => {
  expect(changeOf(base, { ...base })).toEqual({});
  expect(changeOf(base, { ...base, unit: '' })).toEqual({ unit: '' });
  const amount = { value: '1.00', missing: '' };
  expect(changeOf(base, { ...base, amount })).toEqual({ amount });
});

it('compares values, not objects', () => {
  expect(changedFields(base, structuredClone(base))).toEqual([]);
});

it('keeps what was typed and follows what was not touched', () => {
  const theirs = { ...base, code: 'theirs' };
  const rebased = rebase(base, theirs, { ...base, unit: 'mine' });
  expect(rebased.draft).toEqual({ ...base, unit: 'mine', code: 'theirs' });
  expect(rebased.followed).toEqual(['code']);
  expect(rebased.overlaps).toEqual([]);
});

it('names the field that both changed, and still keeps what was typed', () => {
  const { draft, followed, overlaps } = rebase(base, { ...base, unit: 'theirs' }, { ...base, unit: 'mine' });
  expect(draft.unit).toBe('mine');
  expect(followed).toEqual([]);
  expect(overlaps).toEqual([{ field: 'unit', mine: 'mine', theirs: 'theirs' }]);
});

it('sees no contradiction where both typed the same', () => {
  const both = { ...base, unit: 'the same' };
  expect(rebase(base, both, { ...both }).overlaps).toEqual([]);
});
