import type { MarkState } from './layout';

const middle = 7;

/** The outline of a milestone's sign at a place: a flag for a promise, else a diamond drawn out over its period. */
export function outlineOf(state: MarkState, width: number, x = 0, y = 0): string {
  if (state === 'promise') return `M${x + 4} ${y + 13}v-11.5h8l-2.2 3l2.2 3h-8`;
  const flat = width - 2 * middle;
  return `M${x + 1} ${y + middle}l6 -6h${flat}l6 6l-6 6h${-flat}z`;
}

/** What stands in the sign: a tick where it was reached, an exclamation mark where it is overdue. */
export function signOf(state: MarkState, width: number, x = 0, y = 0): string {
  const centre = x + width / 2;
  if (state === 'done') return `M${centre - 2.5} ${y + 7.2}l1.8 1.8l3.2 -3.8`;
  return state === 'overdue' ? `M${centre} ${y + 4}v3.6m0 1.6v1` : '';
}
