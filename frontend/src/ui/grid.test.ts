import { describe, expect, it } from 'vitest';
import { ariaSort, gridLayout, nextSort, rowAfterKey, withToggled, type GridColumn } from './grid';

const columns: GridColumn<unknown>[] = [
  { key: 'code', title: 'Code', width: 7, frozen: true, wideOnly: true },
  { key: 'name', title: 'Name', width: 17, phoneWidth: 12, frozen: true },
  { key: 'money', title: 'Money', width: 8 },
];

describe('grid layout', () => {
  it('stacks frozen columns from the left, after the check box', () => {
    const { columns: laid, template, minWidth } = gridLayout(columns, true, false);
    expect(laid.map(({ left }) => left)).toEqual(['2.75rem', '9.75rem', undefined]);
    expect(laid.map(({ edge }) => edge)).toEqual([false, true, false]);
    expect(template).toBe('2.75rem 7rem 17rem minmax(8rem, 8fr)');
    expect(minWidth).toBe('34.75rem');
  });

  it('drops columns and narrows the name on a phone', () => {
    const { columns: laid, template } = gridLayout(columns, false, true);
    expect(laid.map(({ column }) => column.key)).toEqual(['name', 'money']);
    expect(laid[0]?.left).toBe('0rem');
    expect(template).toBe('12rem minmax(8rem, 8fr)');
  });
});

describe('sorting by heading', () => {
  it('goes up, down and back to none', () => {
    expect(nextSort('', 'code')).toBe('code');
    expect(nextSort('code', 'code')).toBe('-code');
    expect(nextSort('-code', 'code')).toBe('');
    expect(nextSort('-code', 'name')).toBe('name');
  });

  it('is told to assistive technology', () => {
    expect(ariaSort('code', 'code')).toBe('ascending');
    expect(ariaSort('-code', 'code')).toBe('descending');
    expect(ariaSort('code', 'name')).toBe('none');
    expect(ariaSort('code', undefined)).toBeUndefined();
  });
});

describe('keys in the grid', () => {
  it.each([
    ['j', 3, 4],
    ['ArrowDown', 9, 9],
    ['k', 0, 0],
    ['ArrowUp', 3, 2],
    ['Home', 5, 0],
    ['End', 5, 9],
    ['j', -1, 0],
    ['a', 3, null],
  ])('%s at row %i leads to %s', (key, row, wanted) => expect(rowAfterKey(key, row, 10)).toBe(wanted));

  it('lead nowhere in an empty grid', () => expect(rowAfterKey('j', -1, 0)).toBeNull());
});

describe('choosing rows', () => {
  const keys = ['a', 'b', 'c', 'd'];
  it('turns one on and off', () => {
    expect([...withToggled(new Set(), keys, 1, 1)]).toEqual(['b']);
    expect([...withToggled(new Set(['a', 'b']), keys, 1, 1)]).toEqual(['a']);
  });

  it('takes everything between two presses along, upwards too', () => {
    expect([...withToggled(new Set(['d']), keys, 3, 1)].sort()).toEqual(['b', 'c', 'd']);
    expect([...withToggled(new Set(keys), keys, 0, 2)]).toEqual(['d']);
  });
});
