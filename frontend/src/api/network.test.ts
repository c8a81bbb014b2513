import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { counted, quiet } from './network';

describe('quiet', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('comes when every call under way is answered, by an error too', async () => {
    const calm = vi.fn();
    let answer!: (rows: string) => void;
    let fail!: (error: Error) => void;
    void quiet().then(calm);
    const answered = counted(new Promise<string>((resolve) => (answer = resolve)));
    const failed = counted(new Promise((_, reject) => (fail = reject)));
    await vi.advanceTimersByTimeAsync(100);
    answer('rows');
    expect(await answered).toBe('rows');
    await vi.advanceTimersByTimeAsync(100);
    expect(calm).not.toHaveBeenCalled();
    fail(new Error('lost'));
    await expect(failed).rejects.toThrow('lost');
    await vi.advanceTimersByTimeAsync(100);
    expect(calm).toHaveBeenCalledOnce();
  });

  it('comes after what is asked once the first answers are there', async () => {
    const calm = vi.fn();
    let first!: () => void;
    let second!: () => void;
    void quiet().then(calm);
    const asked = counted(new Promise<void>((resolve) => (first = resolve))).then(() => counted(new Promise<void>((resolve) => (second = resolve))));
    await vi.advanceTimersByTimeAsync(100);
    first();
    await vi.advanceTimersByTimeAsync(100);
    expect(calm).not.toHaveBeenCalled();
    second();
    await asked;
    await vi.advanceTimersByTimeAsync(100);
    expect(calm).toHaveBeenCalledOnce();
  });

  it('does not wait for ever for a call that hangs', async () => {
    const calm = vi.fn();
    void counted(new Promise(() => undefined));
    void quiet().then(calm);
    await vi.advanceTimersByTimeAsync(2900);
    expect(calm).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(calm).toHaveBeenCalledOnce();
  });
});
