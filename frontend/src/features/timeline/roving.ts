/** What has the keyboard: a row's name (-1) or one of its milestones. */
export interface Place {
  row: number;
  mark: number;
}

/** How far one press of a page key leads. */
const page = 10;

/**
 * Where a key leads from a place, or null when the key is none of the timeline's.
 * `marksOf` gives the middle of each milestone of a row: up and down lead to the one
 * nearest in time, or to the name where the row has none.
 */
export function placeAfterKey(
  key: string,
  { row, mark }: Place,
  count: number,
  marksOf: (row: number) => readonly number[],
): Place | null {
  if (count === 0) return null;
  const last = marksOf(row).length - 1;
  const within = { ArrowLeft: mark - 1, ArrowRight: mark + 1, Home: -1, End: last }[key];
  if (within !== undefined) return within < -1 || within > last ? null : { row, mark: within };
  const wanted = { ArrowUp: row - 1, k: row - 1, ArrowDown: row + 1, j: row + 1, PageUp: row - page, PageDown: row + page }[key];
  if (wanted === undefined) return null;
  const next = Math.min(Math.max(wanted, 0), count - 1);
  if (next === row) return null;
  return { row: next, mark: mark < 0 ? -1 : nearest(marksOf(next), marksOf(row)[mark] ?? 0) };
}

function nearest(places: readonly number[], x: number): number {
  return places.reduce((best, place, index) => (best < 0 || Math.abs(place - x) < Math.abs((places[best] ?? 0) - x) ? index : best), -1);
}
