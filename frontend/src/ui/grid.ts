/** One column of a data grid. */
export interface GridColumn<Row> {
  key: string;
  title: string;
  /** Width in rem; columns that are not frozen grow in proportion to it. */
  width: number;
  /** Printed beside the title, for money. */
  unit?: string;
  align?: 'start' | 'end';
  /** Keeps its width, however much room there is. */
  fixed?: boolean;
  /** The name to sort by, when the server can. */
  sort?: string;
  /** Stays in place when the rest is scrolled sideways; frozen columns come first. */
  frozen?: boolean;
  /** Left out on a phone. */
  wideOnly?: boolean;
  /** Width on a phone, where a frozen column must leave room. */
  phoneWidth?: number;
  /** The cell as plain text; a slot `cell-<key>` takes its place. */
  text?: (row: Row) => string;
}

/** Widths and offsets once it is known which columns are shown. */
export interface GridLayout<Row> {
  columns: { column: GridColumn<Row>; left: string | undefined; edge: boolean }[];
  /** grid-template-columns of every row, so that all rows line up. */
  template: string;
  minWidth: string;
}

const selectionWidth = 2.75;

export function gridLayout<Row>(all: readonly GridColumn<Row>[], selectable: boolean, onPhone: boolean): GridLayout<Row> {
  const shown = all.filter((column) => !(onPhone && column.wideOnly));
  const widthOf = (column: GridColumn<Row>) => (onPhone ? column.phoneWidth : undefined) ?? column.width;
  const lead = selectable ? [selectionWidth] : [];
  const tracks = [
    ...lead.map((width) => `${width}rem`),
    ...shown.map((column) => (column.frozen || column.fixed ? `${widthOf(column)}rem` : `minmax(${widthOf(column)}rem, ${widthOf(column)}fr)`)),
  ];
  const lastFrozen = shown.findLastIndex((column) => column.frozen);
  let offset = selectable ? selectionWidth : 0;
  const columns = shown.map((column, index) => {
    const left = column.frozen ? `${offset}rem` : undefined;
    offset += widthOf(column);
    return { column, left, edge: index === lastFrozen };
  });
  return { columns, template: tracks.join(' '), minWidth: `${offset}rem` };
}

/** The order after a press on a heading: up, down, then none; "-code" is down. */
export function nextSort(current: string, name: string): string {
  if (current === name) return `-${name}`;
  return current === `-${name}` ? '' : name;
}

export function ariaSort(current: string, name: string | undefined): 'ascending' | 'descending' | 'none' | undefined {
  if (!name) return undefined;
  if (current === name) return 'ascending';
  return current === `-${name}` ? 'descending' : 'none';
}

/** The row a key leads to, or null when the key is none of the grid's. */
export function rowAfterKey(key: string, row: number, count: number): number | null {
  const wanted = { ArrowDown: row + 1, j: row + 1, ArrowUp: row - 1, k: row - 1, Home: 0, End: count - 1 }[key];
  if (wanted === undefined || count === 0) return null;
  return Math.min(Math.max(wanted, 0), count - 1);
}

/** A selection after a press on the row `to`: it and all rows from `from` become what it was not. */
export function withToggled<Key>(selected: ReadonlySet<Key>, keys: readonly Key[], from: number, to: number): Set<Key> {
  const next = new Set(selected);
  const off = keys[to] !== undefined && selected.has(keys[to]);
  for (const key of keys.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    if (off) next.delete(key);
    else next.add(key);
  }
  return next;
}
