import { flushPromises, mount } from '@vue/test-utils';
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defineComponent, h, ref, type Ref } from 'vue';
import { tellChanged } from '@/api/changed';
import { keys } from '@/api/keys';
import { noFilter } from '@/api/projectFilter';
import type { View } from './again';
import { useProjects, useRows, type ProjectRow } from './list';

// A server that holds rows in their order, and cuts them between two places as the real one does.
interface Held {
  id: number;
  place: number;
}
let held: Held[];
let asked: URLSearchParams[];
let failing = false;

const answer = (query: URLSearchParams) => {
  const [after, until, limit] = [Number(query.get('cursor') ?? -1), Number(query.get('until') ?? Infinity), Number(query.get('limit'))];
  const rest = held.filter(({ place }) => place > after && place <= until).sort((one, other) => one.place - other.place);
  const items = rest.slice(0, limit);
  const nextCursor = rest.length > limit ? String(items.at(-1)?.place) : null;
  return { items, nextCursor, total: query.has('withTotal') ? held.length : null, totalCapped: false, asOf: null };
};

beforeEach(() => {
  held = Array.from({ length: 1100 }, (_, place) => ({ id: place + 1, place }));
  asked = [];
  failing = false;
  vi.stubGlobal('fetch', (request: Request) => {
    const query = new URL(request.url).searchParams;
    asked.push(query);
    return Promise.resolve(new Response(JSON.stringify(failing ? { status: 400 } : answer(query)), { status: failing ? 400 : 200, headers: { 'Content-Type': 'application/json' } }));
  });
});
afterEach(() => vi.unstubAllGlobals());

interface Shown {
  list: ReturnType<typeof useProjects>;
  rows: Readonly<Ref<readonly ProjectRow[]>>;
  view: Ref<View>;
  queries: QueryClient;
  ids: () => number[];
}

/** The list, with as many pages as it has: 100 rows, then 200 each. */
async function shown(): Promise<Shown> {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const view = ref<View>([0, 25]) as Ref<View>;
  let list!: Shown['list'];
  let rows!: Shown['rows'];
  mount(defineComponent({
    setup() {
      list = useProjects(noFilter(), '', () => view.value);
      rows = useRows(() => list.data.value?.pages);
      return () => h('p');
    },
  }), { global: { plugins: [[VueQueryPlugin, { queryClient: queries }]] } });
  await settled(list);
  while (list.hasNextPage.value) await list.fetchNextPage();
  asked = [];
  return { list, rows, view, queries, ids: () => rows.value.map(({ id }) => id) };
}

async function settled(list: Shown['list']) {
  await vi.waitFor(async () => {
    await flushPromises();
    expect(list.isFetching.value).toBe(false);
  });
}

async function changed({ list, queries }: Shown, ids: number[] | null, change: () => void = () => undefined) {
  change();
  if (ids) tellChanged(ids);
  await queries.invalidateQueries({ queryKey: keys.project.all });
  await settled(list);
}

const cursors = () => asked.map((query) => query.get('cursor'));
const inOrder = () => [...held].sort((one, other) => one.place - other.place).map(({ id }) => id);
const move = (id: number, place: number) => held.forEach((row) => row.id === id && (row.place = place));

it('reads the first page, what is in view and what holds the change; nothing else', async () => {
  const page = await shown();
  expect(page.ids()).toEqual(inOrder());
  page.view.value = [600, 625];
  await changed(page, [350]);
  expect(cursors().sort()).toEqual(['299', '499', null].sort());
  expect(asked.map((query) => query.get('until'))).toContain('499');
  expect(page.ids()).toEqual(inOrder());

  asked = [];
  page.view.value = [1000, 1025];
  await settled(page.list);
  expect(asked, 'the change was found: no other page is in doubt').toHaveLength(0);
});

it('shows a row that moved once, in its new place, with no gap where it was', async () => {
  const page = await shown();
  await changed(page, [350], () => move(350, 10.5));
  expect(page.ids()).toEqual(inOrder());
  await changed(page, [20], () => move(20, 2000));
  expect(page.ids().filter((id) => id === 20), 'it has left, and where to is not known yet').toHaveLength(0);
  page.view.value = [1075, 1099];
  await vi.waitFor(() => expect(page.list.hasNextPage.value, 'the last page is full').toBe(true));
  await page.list.fetchNextPage();
  expect(page.ids()).toEqual(inOrder());
});

it('shows what came into a page and not what left the filter, and says how many there are', async () => {
  const page = await shown();
  page.view.value = [550, 575];
  await changed(page, [450, 2000, 2001, 2002], () => {
    held = held.filter(({ id }) => id !== 450);
    for (const id of [2000, 2001, 2002]) held.push({ id, place: 599 + (id - 2000) / 10 + 0.05 });
  });
  expect(page.ids()).toEqual(inOrder());
  expect(page.list.data.value?.pages[0]?.total).toBe(1102);
});

it('reads a page of which more rows are in the middle by now than fit one answer, whole', async () => {
  const page = await shown();
  page.view.value = [550, 575];
  const many = Array.from({ length: 450 }, (_, index) => ({ id: 5000 + index, place: 550 + (index + 1) / 1000 }));
  await changed(page, null, () => held.push(...many));
  expect(page.ids()).toEqual(inOrder());
});

it('marks what may have changed anywhere, and reads it when it comes into view', async () => {
  const page = await shown();
  await changed(page, null, () => {
    move(20, 699.5);
    move(900, 15.5);
  });
  expect(cursors(), 'the page in view is the first').toEqual([null]);
  expect(new Set(page.ids()).size, 'nothing stands twice').toBe(page.ids().length);
  asked = [];
  page.view.value = [690, 715];
  await vi.waitFor(() => expect(page.ids()[699]).toBe(20 + 680));
  await settled(page.list);
  expect(cursors().every((cursor) => cursor === '499' || cursor === '699')).toBe(true);
  expect(page.ids()).toContain(20);
  await page.list.fresh(2000);
  expect(page.ids(), 'before it is printed, all of it').toEqual(inOrder());
});

it('loses nothing when news interrupts a reading, or a reading fails', async () => {
  const page = await shown();
  page.view.value = [600, 625];
  move(610, 601.5);
  tellChanged([610]);
  const broken = page.queries.invalidateQueries({ queryKey: keys.project.all });
  await changed(page, [350]);
  await broken;
  expect(page.ids()).toEqual(inOrder());

  failing = true;
  await changed(page, [20], () => move(20, 30.5));
  failing = false;
  page.view.value = [0, 25];
  await vi.waitFor(() => expect(page.ids()).toEqual(inOrder()));
});

it('goes on at the end after a change in the last page', async () => {
  const page = await shown();
  page.view.value = [1075, 1099];
  await changed(page, [1100], () => {
    held = held.filter(({ id }) => id !== 1100);
    for (let id = 3000; id < 3150; id += 1) held.push({ id, place: id });
  });
  while (page.list.hasNextPage.value) await page.list.fetchNextPage();
  expect(page.ids()).toEqual(inOrder());
});
