import { describe, expect, it } from 'vitest';
import type { ChosenColumn } from '@/composables/useColumns';
import { arranged, chosenColumns, moved, usualColumns, withWidth } from './columns';

const all = ['name', 'code', 'stage', 'slip', 'owner', 'district'].map((key) => ({ key, title: key, width: 8 }));
const column = (key: ChosenColumn['key'], more: Partial<ChosenColumn> = {}): ChosenColumn => ({ key, width: 0, pinned: false, ...more });
const keysOf = (columns: readonly { key: string }[]) => columns.map(({ key }) => key);

describe('the columns of the table', () => {
  it('are the usual ones while none is chosen, and more on a wide screen', () => {
    expect(keysOf(chosenColumns(all, [], false))).toEqual(['name', 'stage', 'slip', 'owner']);
    expect(keysOf(chosenColumns(all, [], true))).toEqual(['name', 'stage', 'slip', 'owner', 'district']);
  });

  it('follow the choice: its order, the name first, pinned ones before the rest', () => {
    const shown = chosenColumns(all, [column('owner'), column('name'), column('slip'), column('code', { pinned: true })], false);
    expect(keysOf(shown)).toEqual(['name', 'code', 'owner', 'slip']);
    expect(shown.map(({ frozen }) => Boolean(frozen))).toEqual([true, true, false, false]);
  });

  it('keep the name even when a choice forgot it, and pass over a column that is no more', () => {
    expect(keysOf(chosenColumns(all, [column('slip'), column('light')], false))).toEqual(['name', 'slip']);
  });

  it('take the width that was set, within bounds', () => {
    const chosen = withWidth([column('name'), column('slip')], 'slip', 123.4);
    expect(chosenColumns(all, chosen, false)[1]).toMatchObject({ width: 12.3, fixed: true });
    expect(withWidth(chosen, 'slip', 5)[1]?.width).toBe(40);
    expect(withWidth(chosen, 'slip', 5000)[1]?.width).toBe(600);
  });
});

describe('the settings', () => {
  const chosen = usualColumns(all, false);
  it('list what is shown in its order, then the rest', () => {
    const lines = arranged(all, [column('name'), column('owner'), column('stage')]);
    expect(lines.map(({ column: { key }, place }) => [key, place])).toEqual([['name', 0], ['owner', 1], ['stage', 2], ['code', -1], ['slip', -1], ['district', -1]]);
  });

  it('move a column by one place, never before the name nor past the end', () => {
    expect(keysOf(moved(chosen, 'slip', -1))).toEqual(['name', 'slip', 'stage', 'owner']);
    expect(keysOf(moved(chosen, 'stage', -1))).toEqual(keysOf(chosen));
    expect(keysOf(moved(chosen, 'owner', 1))).toEqual(keysOf(chosen));
    expect(keysOf(moved(chosen, 'district', 1))).toEqual(keysOf(chosen));
  });
});
