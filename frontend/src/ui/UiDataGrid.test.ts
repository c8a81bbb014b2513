import { mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import type { GridColumn } from './grid';
import UiDataGrid from './UiDataGrid.vue';

interface Row {
  id: number;
  name: string;
}

const rows = Array.from({ length: 1000 }, (_, id): Row => ({ id, name: `项目${id}` }));
const columns: GridColumn<Row>[] = [
  { key: 'name', title: '名称', width: 10, frozen: true, sort: 'name', text: (row) => row.name },
  { key: 'id', title: '序号', width: 5, align: 'end', text: (row) => String(row.id) },
];

async function grid(props: { total?: number; selectable?: boolean; sort?: string } = {}) {
  const table = mount(UiDataGrid<Row>, {
    props: { label: '项目', rows, columns, rowKey: (row: Row) => row.id, rowName: (row: Row) => row.name, ...props },
    attachTo: document.body,
  });
  await nextTick(); // it is measured once it is in the document
  return table;
}

// The test document has no layout; the grid needs a height to know what is in view.
beforeEach(() => {
  const size = { clientHeight: { get: () => 720, configurable: true }, clientWidth: { get: () => 1024, configurable: true } };
  Object.defineProperties(HTMLDivElement.prototype, size);
});

describe('data grid', () => {
  it('makes only the rows in view, and tells how many there are', async () => {
    const table = await grid({ total: 4000 });
    const made = table.findAll('tbody [role=row]');
    expect(made.length).toBeGreaterThan(5);
    expect(made.length).toBeLessThan(60);
    expect(table.get('[role=table]').attributes('aria-rowcount')).toBe('4001');
    expect(made[0]?.attributes('aria-rowindex')).toBe('2');
    expect(made[0]?.findAll('[role=cell]').map((cell) => cell.text())).toEqual(['项目0', '0']);
    table.unmount();
  });

  it('makes every row for paper', async () => {
    const table = await grid();
    dispatchEvent(new Event('beforeprint'));
    await nextTick();
    expect(table.findAll('tbody [role=row]')).toHaveLength(1000);
    dispatchEvent(new Event('afterprint'));
    await nextTick();
    expect(table.findAll('tbody [role=row]').length).toBeLessThan(60);
    table.unmount();
  });

  it('sorts by heading and says so', async () => {
    const table = await grid({ sort: 'name' });
    const [name, id] = table.findAll('[role=columnheader]');
    expect(name?.attributes('aria-sort')).toBe('ascending');
    expect(id?.find('button').exists()).toBe(false);
    await name?.get('button').trigger('click');
    expect(table.emitted('update:sort')?.at(-1)).toEqual(['-name']);
    table.unmount();
  });

  it('is walked with j and k', async () => {
    const table = await grid();
    await table.trigger('keydown', { key: 'j' });
    await nextTick();
    expect(document.activeElement?.getAttribute('data-row')).toBe('0');
    await table.get('[data-row="0"]').trigger('keydown', { key: 'j' });
    await nextTick();
    expect(document.activeElement?.getAttribute('data-row')).toBe('1');
    await table.get('[data-row="1"]').trigger('keydown', { key: 'k' });
    await nextTick();
    expect(document.activeElement?.getAttribute('data-row')).toBe('0');
    table.unmount();
  });

  it('selects one row by x and all by the heading', async () => {
    const table = await grid({ selectable: true });
    await table.get('[data-row="2"]').trigger('keydown', { key: 'x' });
    expect([...(table.emitted('update:selected')?.at(-1)?.[0] as Set<number>)]).toEqual([2]);
    await table.get('thead input').setValue(true);
    expect((table.emitted('update:selected')?.at(-1)?.[0] as Set<number>).size).toBe(1000);
    table.unmount();
  });

  it('asks for more only when its end is near', async () => {
    const table = await grid();
    expect(table.emitted('end')).toBeUndefined();
    await table.setProps({ rows: rows.slice(0, 10) });
    expect(table.emitted('end')).toHaveLength(1);
    table.unmount();
  });
});
