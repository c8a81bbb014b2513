import { expect, it } from 'vitest';
import { isForward, stages, stepOf } from './stage';

it('numbers the stages as they follow each other', () => {
  expect(stages.map(stepOf)).toEqual([1, 2, 3, 4, 5, 6]);
});

it('tells a gate from a step back', () => {
  expect(isForward('reserve', 'preliminary')).toBe(true);
  expect(isForward('preliminary', 'reserve')).toBe(false);
  expect(isForward('reserve', 'reserve')).toBe(false);
});
