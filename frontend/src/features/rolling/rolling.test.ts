import { expect, test } from 'vitest';
import { noFilter } from '@/api/projectFilter';
import { stockAt } from './rolling';

const august = { month: '2026-08', end: '2026-08-31', over: true, stages: [] };
const running = { month: '2026-09', end: '2026-09-15', over: false, stages: [] };

test('a stock opens the list that it counted', () => {
  expect(stockAt(noFilter(), 'reserve', august)).toMatchObject({ stage: ['reserve'], standing: ['active', 'paused'], asOf: '2026-08' });
  expect(stockAt(noFilter(), 'reserve', running)).toMatchObject({ asOf: '' });
  expect(stockAt({ ...noFilter(), standing: ['paused', 'exited'] }, 'reserve', august)).toMatchObject({ standing: ['paused'] });
  expect(stockAt({ ...noFilter(), stage: ['completed'] }, 'reserve', august)).toBeNull();
});
