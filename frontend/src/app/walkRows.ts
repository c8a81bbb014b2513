// Rows of whatever list the page shows: the first thing in each that can be pressed.
const rows = '#main [role=rowgroup] [role=row], #main tbody tr, #main [data-row]';
const entry = 'a[href], [data-primary]';

/** Moves the focus by one row; false where the page shows no list. */
export function walkRows(step: 1 | -1): boolean {
  const all = [...document.querySelectorAll<HTMLElement>(rows)].filter((row) => row.querySelector(entry));
  if (all.length === 0) return false;
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
  next?.querySelector<HTMLElement>(entry)?.focus();
  return true;
}
