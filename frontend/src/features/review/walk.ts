/** The report one comes to from `current`, one step down (1) or up (-1); the ends hold. */
export function neighbour(ids: readonly number[], current: number, step: 1 | -1): number {
  const at = ids.indexOf(current);
  if (at < 0) return ids[0] ?? 0;
  return ids[Math.min(Math.max(at + step, 0), ids.length - 1)] ?? 0;
}

/** What is read next when `gone` leaves the queue: the one below it, else the one above. */
export function afterLeaving(ids: readonly number[], gone: number): number {
  const at = ids.indexOf(gone);
  return ids[at + 1] ?? ids[at - 1] ?? 0;
}

/** How many whole days something waits, for "已等 3 天". */
export function daysWaiting(since: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(since)) / 86_400_000));
}

/** The results that were refused, as sentences by report. */
export function refusals(results: readonly { id: number; done: boolean; message: string | null }[]): Map<number, string> {
  return new Map(results.filter(({ done }) => !done).map(({ id, message }) => [id, message ?? '']));
}
