import { expect, it } from 'vitest';
import { slipWords } from './slip';

it('words lateness, and keeps silent where there is no verdict', () => {
  expect(slipWords(null)).toBeNull();
  expect(slipWords(0)).toMatchObject({ key: 'project.onTime', tone: 'ok' });
  expect(slipWords(-12)).toEqual({ key: 'project.early', days: 12, tone: 'ok' });
  expect(slipWords(30)).toMatchObject({ key: 'project.late', days: 30, tone: 'warn' });
  expect(slipWords(31)).toMatchObject({ key: 'project.late', days: 31, tone: 'bad' });
});
