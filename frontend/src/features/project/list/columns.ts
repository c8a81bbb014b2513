import type { ChosenColumn } from '@/composables/useColumns';
import type { GridColumn } from '@/ui/grid';

/** The columns that fit a laptop, and those that a wide screen adds to them. */
const usual: readonly string[] = ['name', 'stage', 'slip', 'milestone', 'progress', 'light', 'investment', 'owner'];
const roomy: readonly string[] = ['target', 'district', 'category', 'column', 'updated'];
/** From here on the columns for wide screens have room. */
export const roomyWindow = '(min-width: 1720px)';

/** The columns shown when nobody chose any, in the order of the table. */
export function usualColumns(all: readonly { key: string }[], wide: boolean): ChosenColumn[] {
  const shown = all.filter(({ key }) => usual.includes(key) || (wide && roomy.includes(key)));
  return shown.map(({ key }) => ({ key: key as ChosenColumn['key'], width: 0, pinned: key === 'name' }));
}

/**
 * The grid's columns for a choice: in its order, the name always first, pinned ones
 * before the others, widths as they were set. A column that is no more is passed over.
 */
export function chosenColumns<Row>(all: readonly GridColumn<Row>[], chosen: readonly ChosenColumn[], wide: boolean): GridColumn<Row>[] {
  const wanted = chosen.length > 0 ? chosen : usualColumns(all, wide);
  const found = wanted.flatMap(({ key, width, pinned }) => {
    const column = all.find((each) => each.key === key);
    if (!column || key === 'name') return [];
    return [{ ...column, frozen: Boolean(pinned), ...(width && { width: width / 10, fixed: true }) }];
  });
  const name = all.find(({ key }) => key === 'name');
  const width = wanted.find(({ key }) => key === 'name')?.width;
  const first = name ? [{ ...name, frozen: true, ...(width && { width: width / 10 }) }] : [];
  return [...first, ...found.filter(({ frozen }) => frozen), ...found.filter(({ frozen }) => !frozen)];
}

/** A choice with the width of one column set, in tenths of the letter height. */
export function withWidth(chosen: readonly ChosenColumn[], key: string, width: number): ChosenColumn[] {
  const bounded = Math.min(600, Math.max(40, Math.round(width)));
  return chosen.map((column) => (column.key === key ? { ...column, width: bounded } : column));
}

/** Every column as the settings list them: the chosen in their order, then the others. */
export function arranged<Column extends { key: string }>(all: readonly Column[], chosen: readonly ChosenColumn[]) {
  const known = chosen.filter(({ key }) => all.some((column) => column.key === key));
  const place = (key: string) => known.findIndex((each) => each.key === key);
  return [...all]
    .map((column) => ({ column, place: place(column.key), choice: known[place(column.key)] }))
    .sort((one, other) => (one.place < 0 ? 999 : one.place) - (other.place < 0 ? 999 : other.place));
}

/** A choice with one column a place further or back; the name stays first. */
export function moved(chosen: readonly ChosenColumn[], key: string, by: -1 | 1): ChosenColumn[] {
  const from = chosen.findIndex((column) => column.key === key);
  const to = from + by;
  const next = [...chosen];
  const [column] = next.splice(from, 1);
  if (!column || from < 0 || to < 1 || to > next.length) return [...chosen];
  next.splice(to, 0, column);
  return next;
}
