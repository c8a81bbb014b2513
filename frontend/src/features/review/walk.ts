/** What one comes to from `current`, one step down (1) or up (-1); the ends hold. */
export function neighbour(keys: readonly string[], current: string, step: 1 | -1): string {
  const at = keys.indexOf(current);
  if (at < 0) return keys[0] ?? '';
  return keys[Math.min(Math.max(at + step, 0), keys.length - 1)] ?? '';
}

/** What is read next when `gone` leaves the queue: the one below it, else the one above. */
export function afterLeaving(keys: readonly string[], gone: string): string {
  const at = keys.indexOf(gone);
  return keys[at + 1] ?? keys[at - 1] ?? '';
}

/** How many whole days something waits, for "已等 3 天". */
export function daysWaiting(since: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(since)) / 86_400_000));
}

/** The results that were refused, as sentences by key. */
export function refusals(results: readonly { object: string; id: number; done: boolean; message: string | null }[]): Map<string, string> {
  return new Map(results.filter(({ done }) => !done).map(({ object, id, message }) => [`${object}-${id}`, message ?? '']));
}
