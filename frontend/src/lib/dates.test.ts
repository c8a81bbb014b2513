import { describe, expect, it } from 'vitest';
import { cityClock, dateText, instantText, lastDay, monthName, partOf, periodEnd, planDateText, type PlanDate } from './dates';

describe('dates keep their precision', () => {
  it.each<[PlanDate, string, string]>([
    [{ date: '2027-12-31', precision: 'year' }, '2027年', '2027'],
    [{ date: '2027-09-30', precision: 'quarter' }, '2027年三季度', 'Q3 2027'],
    [{ date: '2027-06-30', precision: 'month' }, '2027年6月', 'Jun 2027'],
    [{ date: '2027-06-05', precision: 'day' }, '2027-06-05', '5 Jun 2027'],
  ])('%o', (value, zh, en) => {
    expect(planDateText(value, 'zh')).toBe(zh);
    expect(planDateText(value, 'en')).toBe(en);
  });

  it('is written as the reader chose, and never as a day it is not', () => {
    expect(dateText('2026-11-03', 'zh', 'words')).toBe('2026年11月3日');
    expect(dateText('2026-11-03', 'zh', 'digits')).toBe('2026-11-03');
    expect(dateText('2026-11-03', 'en', 'words')).toBe('3 Nov 2026');
    expect(dateText('2026-11-03', 'en', 'digits')).toBe('2026-11-03');
    for (const style of ['digits', 'words'] as const) {
      expect(planDateText(periodEnd('month', 2026, 11), 'zh', style)).toBe('2026年11月');
      expect(planDateText(periodEnd('quarter', 2026, 4), 'en', style)).toBe('Q4 2026');
    }
    expect(instantText('2026-11-22T17:05:00Z', 'zh', 'words')).toBe('2026年11月23日 01:05');
    expect(instantText('2026-11-22T17:05:00Z', 'en', 'digits')).toBe('2026-11-23 01:05');
  });

  it('stands for the last day of its period', () => {
    expect(periodEnd('year', 2030)).toEqual({ date: '2030-12-31', precision: 'year' });
    expect(periodEnd('quarter', 2027, 2)).toEqual({ date: '2027-06-30', precision: 'quarter' });
    expect(periodEnd('month', 2028, 2)).toEqual({ date: '2028-02-29', precision: 'month' });
    expect(lastDay(2100, 2)).toBe(28);
  });

  it('finds the quarter or month back', () => {
    expect(partOf(periodEnd('quarter', 2027, 3))).toBe(3);
    expect(partOf(periodEnd('month', 2027, 11))).toBe(11);
    expect(partOf(periodEnd('year', 2027))).toBe(0);
  });
});

describe('instants are told in the business time zone', () => {
  it('whatever offset they carry', () => {
    expect(instantText('2026-11-22T17:05:00Z', 'zh')).toBe('2026-11-23 01:05');
    expect(instantText('2026-11-23T01:05:00+08:00', 'en')).toBe('23 Nov 2026 01:05');
    expect(instantText('2026-11-22T16:00:00Z', 'zh')).toBe('2026-11-23 00:00');
    expect(cityClock('2026-06-30T15:59:00Z')).toEqual({ day: '2026-06-30', time: '23:59' });
    expect(cityClock(Date.UTC(2026, 11, 31, 16))).toEqual({ day: '2027-01-01', time: '00:00' });
  });

  it('which the browser reckons alike in every month', () => {
    const format = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' });
    for (let month = 0; month < 12 * 15; month++) {
      const instant = Date.UTC(2024, month, 1 + (month % 28), month % 24, month % 60);
      const { day, time } = cityClock(instant);
      expect(`${day}, ${time}`).toBe(format.format(instant));
    }
  });
});

describe('months', () => {
  it('have short names', () => {
    expect([1, 6, 12].map((month) => monthName(month, 'zh'))).toEqual(['1月', '6月', '12月']);
    expect([1, 5, 9, 12].map((month) => monthName(month, 'en'))).toEqual(['Jan', 'May', 'Sep', 'Dec']);
  });
});
