import { expect, test } from 'vitest';
import { share, unconfirmedColumns, waitingOwners } from './catalogue';

const facet = (key: string, count: number) => ({ key, label: key, labelEn: key, count, parent: null });

test('owners come with the most waiting first, and beside all that is theirs', () => {
  const rows = waitingOwners([facet('a', 2), facet('b', 5), facet('c', 0)], [facet('a', 4), facet('b', 5), facet('c', 9)]);
  expect(rows.map(({ key, count, of }) => [key, count, of])).toEqual([['b', 5, 5], ['a', 2, 4]]);
  expect(rows.map(share)).toEqual(['100%', '50%']);
});

test('no more than eight are listed, equal ones in the order of the plan', () => {
  const counts = { kept: 0, lapsed: 0, none: 0, onTheWay: 1, unconfirmed: 3, projects: 4 };
  const columns = Array.from({ length: 12 }, (_, i) => ({ column: 12 - i, title: '专栏', titleEn: 'Column', counts }));
  expect(unconfirmedColumns(columns).map(({ key }) => key)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
  expect(share({ key: '', label: '', labelEn: '', count: 0, of: 0 })).toBe('0%');
});
