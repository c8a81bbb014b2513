import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetchPart } from './laterPart';

describe('fetchPart', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks again for what a broken line lost', async () => {
    const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error('lost')).mockRejectedValueOnce(new Error('lost')).mockResolvedValue('tabs');
    const part = fetchPart(load);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await part).toBe('tabs');
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('gives up in the end, and says why', async () => {
    const load = vi.fn<() => Promise<string>>().mockRejectedValue(new Error('gone'));
    const part = expect(fetchPart(load)).rejects.toThrow('gone');
    await vi.advanceTimersByTimeAsync(60_000);
    await part;
    expect(load).toHaveBeenCalledTimes(4);
  });
});
