import { expect, it } from 'vitest';
import { beside } from './walk';

it('walks down and up, and stays at the ends', () => {
  expect([beside([4, 5, 6], 4, 1), beside([4, 5, 6], 6, 1), beside([4, 5, 6], 5, -1), beside([4, 5, 6], 4, -1)]).toEqual([5, 6, 4, 4]);
  expect([beside([4, 5], 9, 1), beside([], 9, 1)]).toEqual([4, 0]);
});
