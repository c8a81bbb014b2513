import { expect, it } from 'vitest';
import { isForward, isStage, stages, stepOf } from './stage';

it('numbers the stages as they follow each other', () => {
  expect(stages.map(stepOf)).toEqual([1, 2, 3, 4, 5, 6]);
});

it('tells a gate from a step back', () => {
  expect(isForward('reserve', 'preliminary')).toBe(true);
  expect(isForward('preliminary', 'reserve')).toBe(false);
  expect(isForward('reserve', 'reserve')).toBe(false);
});

it('knows its own words only', () => {
  expect(isStage('reserve')).toBe(true);
  expect(isStage('paused')).toBe(false);
});
