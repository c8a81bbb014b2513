import { expect, it } from 'vitest';
import { checkMove } from './move';

const fields = (draft: Parameters<typeof checkMove>[0]) => checkMove(draft).map(({ field }) => field);

it('asks for stage and reason', () => {
  expect(fields({ from: 'reserve', to: '', reason: '  ', evidence: '' })).toEqual(['to', 'reason']);
});

it('asks for evidence at a gate, not for a step back', () => {
  expect(fields({ from: 'reserve', to: 'preliminary', reason: '可研已批', evidence: ' ' })).toEqual(['evidence']);
  expect(fields({ from: 'preliminary', to: 'reserve', reason: '选址调整', evidence: '' })).toEqual([]);
});

it('lets a complete move pass', () => {
  expect(fields({ from: 'reserve', to: 'preliminary', reason: '可研已批', evidence: '可研批复' })).toEqual([]);
});
