/** The one `step` below (1) or above (-1) `current`; the ends hold, and what is not there any more leads to the first. */
export function beside(ids: readonly number[], current: number, step: 1 | -1): number {
  const at = ids.indexOf(current);
  return ids[at < 0 ? 0 : Math.min(Math.max(at + step, 0), ids.length - 1)] ?? 0;
}
