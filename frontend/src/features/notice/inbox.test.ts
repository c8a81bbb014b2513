import { describe, expect, it } from 'vitest';
import { byDay, targetOf, toneOf } from './inbox';
import type { Notice, NoticeKind } from './notice';

const notice = (patch: Partial<Notice>): Notice => ({
  id: 1,
  kind: 'report_returned',
  project: { id: 5, code: 'SZ-0005', name: '水厂' },
  objectKind: 'report',
  objectId: 9,
  text: {},
  by: '',
  at: '2026-07-01T00:00:00Z',
  readAt: null,
  ...patch,
});

describe('a notice', () => {
  it('leads to the thing it speaks of, to the desk for what is owed, else to the project', () => {
    expect(targetOf(notice({}))).toEqual({ name: 'report', params: { id: 9 } });
    for (const objectKind of ['request', 'issue', 'order']) expect(targetOf(notice({ objectKind }))).toEqual({ name: objectKind, params: { id: 9 } });
    expect(targetOf(notice({ kind: 'report_urged', objectKind: 'project', objectId: 5 }))).toEqual({ name: 'work' });
    expect(targetOf(notice({ kind: 'light_red', objectKind: 'light', objectId: 7 }))).toEqual({ name: 'project', params: { id: 5 } });
    expect(targetOf(notice({ kind: 'light_red', objectKind: 'light', project: null }))).toBeNull();
  });

  it('has a tone that its kind explains', () => {
    const told: [NoticeKind, string][] = [
      ['report_due', 'warn'],
      ['report_overdue', 'bad'],
      ['report_approved', 'ok'],
      ['request_decided', 'info'],
      ['order_issued', 'warn'],
      ['light_red', 'bad'],
    ];
    for (const [kind, tone] of told) expect([kind, toneOf(kind)]).toEqual([kind, tone]);
  });
});

describe('days', () => {
  it('end at midnight in the city, wherever the reader sits', () => {
    const at = ['2026-06-30T17:00:00Z', '2026-06-30T16:00:00Z', '2026-06-30T15:59:59Z', '2026-06-28T01:00:00Z'].map((at) => ({ at }));
    expect(byDay(at).map(({ day, items }) => [day, items.length])).toEqual([
      ['2026-07-01', 2],
      ['2026-06-30', 1],
      ['2026-06-28', 1],
    ]);
    expect(byDay([])).toEqual([]);
  });
});
