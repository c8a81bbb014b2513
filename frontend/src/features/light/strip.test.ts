import { describe, expect, it } from 'vitest';
import { lightByMonth, monthsUntil } from './strip';

describe('the months of the strip', () => {
  it('cross the year', () => {
    expect(monthsUntil('2026-02', 4)).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
    expect(monthsUntil('2026-12', 1)).toEqual(['2026-12']);
  });

  it('show what held at the end of each month', () => {
    const changes = [
      { at: '2026-05-31T23:59:00+08:00', kind: 'rule' as const, to: 'green' },
      { at: '2026-05-02T00:00:00+08:00', kind: 'owner' as const, to: 'red' },
      { at: '2026-05-01T00:00:00+08:00', kind: 'rule' as const, to: 'red' },
      { at: '2026-03-10T00:00:00+08:00', kind: 'rule' as const, to: 'yellow' },
    ];
    const months = ['2026-02', '2026-03', '2026-04', '2026-05'];
    const monthOf = (at: string) => at.slice(0, 7);
    expect(lightByMonth(changes, 'rule', months, monthOf).map(({ light }) => light)).toEqual([null, 'yellow', 'yellow', 'green']);
    expect(lightByMonth(changes, 'owner', months, monthOf).map(({ light }) => light)).toEqual([null, null, null, 'red']);
    expect(lightByMonth(changes, 'reviewer', months, monthOf).every(({ light }) => light === null)).toBe(true);
  });
});
