import { describe, expect, it } from 'vitest';
import { connectionOf, staleAfter } from './wall';

describe('connectionOf', () => {
  const well = { failed: false, paused: false, updatedAt: 1_000_000, now: 1_060_000 };
  it('is fresh while the answers come', () => {
    expect(connectionOf(well)).toBe('fresh');
    expect(connectionOf({ ...well, updatedAt: 0 }), 'nothing was asked for yet').toBe('fresh');
  });

  it('is lost when an answer failed, cannot be asked for, or is long ago', () => {
    expect(connectionOf({ ...well, failed: true })).toBe('lost');
    expect(connectionOf({ ...well, paused: true })).toBe('lost');
    expect(connectionOf({ ...well, now: well.updatedAt + staleAfter + 1 })).toBe('lost');
    expect(connectionOf({ ...well, now: well.updatedAt + staleAfter })).toBe('fresh');
  });
});
