import { expect, it } from 'vitest';
import { fulfilment } from './promise';

it.each([
  ['completed', 'implementation', false, 'notKept'],
  ['completed', 'completed', false, 'kept'],
  ['started', 'preliminary', false, 'notKept'],
  ['in_progress', 'implementation', false, 'kept'],
  ['preliminary', 'preliminary', false, 'kept'],
  ['in_progress', 'implementation', true, 'keptProvisional'],
  ['none', 'transferred', false, null],
] as const)('%s at %s', (target, stage, stageProvisional, verdict) => {
  expect(fulfilment({ target, stage, stageProvisional })).toBe(verdict);
});
