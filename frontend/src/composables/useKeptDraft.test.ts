import { beforeEach, describe, expect, it } from 'vitest';
import { claimDrafts, forgetDrafts, keep, kept } from '@/lib/kept';
import { useKeptDraft } from './useKeptDraft';

const start = { unit: '甲', summary: '' };
const stored = () => localStorage.getItem('zhongda.draft.facts.1');

beforeEach(() => localStorage.clear());

describe('a draft that is kept', () => {
  it('comes back after the page is gone, on top of what others saved since', () => {
    const first = useKeptDraft('facts.1', start);
    expect(stored()).toBeNull();
    first.draft.value.summary = '概况';
    const second = useKeptDraft('facts.1', { unit: '乙', summary: '' });
    expect(second.restoredAt.value).not.toBe('');
    expect(second.draft.value).toEqual({ unit: '乙', summary: '概况' });
    expect(second.change()).toEqual({ summary: '概况' });
    expect(second.overlaps.value).toEqual([]);
  });

  it('names what both changed', () => {
    useKeptDraft('facts.1', start).draft.value.unit = '丙';
    const again = useKeptDraft('facts.1', { unit: '乙', summary: '' });
    expect(again.draft.value.unit).toBe('丙');
    expect(again.overlaps.value).toEqual([{ field: 'unit', mine: '丙', theirs: '乙' }]);
  });

  it('goes once it is saved, undone or given up', () => {
    const form = useKeptDraft('facts.1', start);
    form.draft.value.summary = '概况';
    form.draft.value.summary = '';
    expect(stored(), 'undone').toBeNull();
    form.draft.value.summary = '概况';
    const again = useKeptDraft('facts.1', start);
    again.startOver();
    expect(again.draft.value).toEqual(start);
    expect(stored(), 'given up').toBeNull();
    again.draft.value.summary = '又';
    again.forget();
    again.draft.value.summary = '晚到';
    expect(stored(), 'saved').toBeNull();
  });

  it('ignores what it cannot read', () => {
    localStorage.setItem('zhongda.draft.facts.1', '{');
    expect(useKeptDraft('facts.1', start).draft.value).toEqual(start);
  });
});

it('another person at the device finds nothing', () => {
  claimDrafts(1);
  keep('facts.1', { base: start, draft: start });
  localStorage.setItem('zhongda.unit', 'wan');
  claimDrafts(1);
  expect(kept('facts.1')).not.toBeNull();
  claimDrafts(2);
  expect(kept('facts.1')).toBeNull();
  keep('facts.2', { base: start, draft: start });
  forgetDrafts();
  expect([stored(), localStorage.getItem('zhongda.draft.facts.2'), localStorage.getItem('zhongda.unit')]).toEqual([null, null, 'wan']);
});
