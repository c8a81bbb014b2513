import { describe, expect, it } from 'vitest';
import { countdown } from './countdown';

describe('a deadline', () => {
  it.each([
    ['2026-12-06', 'work.daysLeft', 13, 'neutral'],
    ['2026-11-27', 'work.daysLeft', 4, 'neutral'],
    ['2026-11-26', 'work.daysLeft', 3, 'warn'],
    ['2026-11-23', 'work.today', 0, 'warn'],
    ['2026-11-22', 'work.daysOver', 1, 'bad'],
    ['2025-11-23', 'work.daysOver', 365, 'bad'],
  ])('on %s, seen on 2026-11-23', (due, key, days, tone) => expect(countdown(due, '2026-11-23')).toEqual({ key, days, tone }));
});
