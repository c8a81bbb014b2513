import { describe, expect, it } from 'vitest';
import { changesOf, valueText } from './change';

const words: Record<string, string> = { 'stage.reserve': '储备', 'role.manager': '管理者', 'audit.yes': '是' };
const say = (key: string) => words[key] ?? null;

describe('changesOf', () => {
  it('pairs what was with what is', () => {
    expect(changesOf({ stage: 'reserve', summary: '' }, { stage: 'preliminary' })).toEqual([
      { field: 'stage', before: 'reserve', after: 'preliminary' },
      { field: 'summary', before: '', after: undefined },
    ]);
  });

  it('finds nothing where nothing was written down', () => {
    expect(changesOf(null, null)).toEqual([]);
    expect(changesOf(null, { username: 'li.wei' })).toEqual([{ field: 'username', before: undefined, after: 'li.wei' }]);
  });
});

describe('valueText', () => {
  it('puts words to codes of known lists only', () => {
    expect(valueText('stage', 'reserve', say)).toBe('储备');
    expect(valueText('summary', 'reserve', say)).toBe('reserve');
    expect(valueText('roles', ['manager', 'unheard-of'], say)).toBe('管理者、unheard-of');
  });

  it('tells false and zero from nothing', () => {
    expect(valueText('disabled', true, say)).toBe('是');
    expect(valueText('disabled', false, say)).toBe('false');
    expect(valueText('days', 0, say)).toBe('0');
    expect(valueText('summary', null, say)).toBe('');
  });

  it('shows what has no form as it was recorded', () => {
    expect(valueText('amount', { value: '1.00' }, say)).toBe('{"value":"1.00"}');
  });
});
