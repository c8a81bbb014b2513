import { describe, expect, it } from 'vitest';
import { contentOf, notFilled, reportOf } from './sample';
import { offeredSums } from './sums';

const month = { value: '5000000.01', missing: '' as const, basis: '' };

describe('the sums offered', () => {
  it('are the last approved figure and this month, to the fen', () => {
    const { year, total } = offeredSums(reportOf(), month);
    expect(total).toEqual({ last: '310000000.00', month: '5000000.01', sum: '315000000.01' });
    expect(year?.sum).toBe('103000000.01');
  });

  it('begin anew in January', () => {
    const { year, total } = offeredSums(reportOf({ period: '2027-01' }), month);
    expect(year?.sum).toBe('5000000.01');
    expect(total?.sum).toBe('315000000.01');
  });

  it('are not made up: nothing for a first report, without a month, or without the figure before', () => {
    expect(offeredSums(reportOf({ previous: null }), month)).toEqual({ year: null, total: null });
    expect(offeredSums(reportOf(), { ...month, value: null }).total).toBeNull();
    expect(offeredSums(reportOf(), { ...month, missing: 'not_applicable' }).total).toBeNull();
    const previous = { id: 9, period: '2026-10', revision: 1, content: contentOf({ total: notFilled }) };
    expect(offeredSums(reportOf({ previous }), month).total).toBeNull();
  });
});
