import { describe, expect, it } from 'vitest';
import { narrowedToSlip, noFilter } from '@/api/projectFilter';
import { changeLine, changesAt, monthBefore, slipLines, type Differences } from './figures';

describe('slipLines', () => {
  it('has every class in its order, against the fullest of both baselines', () => {
    const lines = slipLines({ original: { on_time: 10, over_180: 5 }, current: { on_time: 20 } });
    expect(lines.map(({ bin }) => bin)).toEqual(['none', 'on_time', 'to_30', 'to_90', 'to_180', 'over_180']);
    expect(lines[1]).toMatchObject({ original: 10, current: 20, share: { original: 0.5, current: 1 } });
    expect(lines[5]).toMatchObject({ original: 5, current: 0, share: { original: 0.25, current: 0 } });
  });

  it('shows nothing of nothing', () => {
    expect(slipLines({ original: {}, current: {} }).every(({ share }) => share.original === 0 && share.current === 0)).toBe(true);
  });
});

describe('narrowedToSlip', () => {
  it('asks about one baseline at a time', () => {
    expect(narrowedToSlip(noFilter(), 'to_30', 'current')).toMatchObject({ slip: ['to_30'], slipAgainst: 'current' });
    expect(narrowedToSlip({ ...noFilter(), slip: ['to_30', 'to_90'] }, 'to_30', 'original')).toMatchObject({ slip: ['to_30'], slipAgainst: '' });
    expect(narrowedToSlip({ ...noFilter(), slip: ['to_30'] }, 'to_30', 'current')).toBeNull();
    expect(narrowedToSlip({ ...noFilter(), slip: ['to_30'] }, 'to_90', 'original')).toBeNull();
  });
});

describe('since last month', () => {
  const ends = ['2026-10-31', '2026-09-30', '2026-08-31'];
  it('counts from the month-end before the time looked at', () => {
    expect(monthBefore(ends, '')).toBe('2026-10');
    expect(monthBefore(ends, '2026-10')).toBe('2026-09');
    expect(monthBefore(ends, '2026-08')).toBe('');
    expect(monthBefore([], '')).toBe('');
  });

  it('tells how many projects turned red', () => {
    const changes = [{ kind: 'rule_light', after: 'red' }, { kind: 'stage', after: 'implementation' }];
    const differences = { totals: [{ kind: 'rule_light', projects: 2, up: 1, down: 1 }], projects: [{ changes }, { changes: [] }] } as unknown as Differences;
    expect(changeLine(differences, 'rule_light')).toEqual({ kind: 'rule_light', count: 2, up: 1, down: 1, turned: 1 });
    expect(changeLine(differences, 'report').count).toBe(0);
  });

  it('leads to the changes it counted', () => {
    expect(changesAt({ ...noFilter(), stage: ['reserve'], asOf: '2026-10' }, '2026-09', 'stage')).toEqual({
      path: '/changes',
      query: { stage: ['reserve'], from: '2026-09', to: '2026-10', kind: 'stage' },
    });
    expect(changesAt(noFilter(), '2026-10', 'report')).toEqual({ path: '/changes', query: { from: '2026-10', kind: 'report' } });
  });
});
