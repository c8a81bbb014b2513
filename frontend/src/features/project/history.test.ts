import { expect, it } from 'vitest';
import { recorded, tells } from './history';

it.each([
  ['estimate', '120000000.00', { kind: 'money', yuan: '120000000.00' }],
  ['estimate', 'not_filled', { kind: 'words', key: 'detail.missing.not_filled' }],
  ['stage', 'preliminary', { kind: 'words', key: 'stage.preliminary' }],
  ['reasonCode', 'land', { kind: 'words', key: 'detail.reason.land' }],
  ['ownerProvisional', false, { kind: 'words', key: 'detail.no' }],
  ['forecast', '2027-09-30 (quarter)', { kind: 'date', date: { date: '2027-09-30', precision: 'quarter' } }],
  ['actual', '2027-09-12', { kind: 'date', date: { date: '2027-09-12', precision: 'day' } }],
  ['forecast', 'unreadable', { kind: 'text', text: 'unreadable' }],
  ['summary', '改为两期', { kind: 'text', text: '改为两期' }],
  ['summary', '', { kind: 'nothing' }],
  ['successorCode', null, { kind: 'nothing' }],
])('%s %s', (field, value, expected) => {
  expect(recorded(field, value)).toEqual(expected);
});

it('passes over fields that a new thing was not given', () => {
  expect(tells({ before: null, after: '' })).toBe(false);
  expect(tells({ before: null, after: 'start' })).toBe(true);
  expect(tells({ before: true, after: false })).toBe(true);
  expect(tells({ before: '2027-01-01', after: '' })).toBe(true);
});
