import type { InfiniteData } from '@tanstack/vue-query';
import { onChanged } from '@/api/changed';
import type { Asked, ProjectPage } from './list';

type Cursor = string | undefined;
export type Loaded = InfiniteData<ProjectPage, Cursor>;
type Read = (asked: Asked) => Promise<ProjectPage>;
/** The rows on screen: the first, and the one behind the last. */
export type View = readonly [from: number, to: number];

/** How many rows are asked for at a time. */
interface Sizes {
  first: number;
  further: number;
}

interface List {
  data: { readonly value: InfiniteData<ProjectPage> | undefined };
  isFetching: { readonly value: boolean };
  isPlaceholderData: { readonly value: boolean };
  refetch: (options?: { throwOnError: boolean }) => unknown;
}

/** So many pages out of sight are read at once because a project of theirs changed; beyond that they wait until they are seen. */
const heldMost = 4;

/** The pages of which a row lies in the view. */
function pagesIn(pages: readonly ProjectPage[], [from, to]: View): ProjectPage[] {
  let row = 0;
  return pages.filter(({ items }) => {
    const begin = row;
    row += items.length;
    return begin < to && row > from;
  });
}

// Between the same two places of the order, however many rows lie there by now: so no row falls between two pages,
// and none stands in both.
async function readBetween(cursor: Cursor, { nextCursor: until }: ProjectPage, { first, further }: Sizes, read: Read): Promise<ProjectPage> {
  const asked = { limit: until || cursor ? further : first, ...(until && { until }) };
  const answer = await read({ ...asked, ...(cursor ? { cursor } : { withTotal: true }) });
  if (!until) return answer;
  const items = [...answer.items];
  for (let next = answer.nextCursor; next; ) {
    const more = await read({ ...asked, cursor: next });
    items.push(...more.items);
    next = more.nextCursor;
  }
  return { ...answer, items, nextCursor: until };
}

/**
 * Reads a long list again without reading all of it: at once the first page, which has the total, the pages in view and
 * those that hold a changed project; the others stay as they were, and where a row may have moved into one of them it is
 * marked, and read when it comes into view.
 */
export function keepFresh(list: List, view: () => View, sizes: Sizes) {
  const stale = new WeakSet<ProjectPage>();
  let told: Set<number> | null | undefined; // what changed since the last round: null is anything, undefined nobody said
  let least = 0; // so many rows from the top are to be fresh, seen or not
  let round: Promise<Map<Cursor, ProjectPage>> | undefined;

  const within = (pages: readonly ProjectPage[]) => new Set([...pagesIn(pages, view()), ...pagesIn(pages, [0, least])]);

  /** What is to be read now; whatever else may have changed is marked, and given back as doubted. */
  function choose(pages: readonly ProjectPage[], news: ReadonlySet<number> | null) {
    const seen = within(pages);
    if (news?.size === 0) return { due: pages.filter((page) => seen.has(page) && stale.has(page)), doubted: [] };
    const held = pages.filter(({ items }) => items.some(({ id }) => news?.has(id)));
    const few = held.length <= heldMost ? new Set(held) : new Set();
    const due = pages.filter((page, place) => place === 0 || seen.has(page) || few.has(page));
    const doubted = pages.filter((page) => !stale.has(page));
    for (const page of doubted) stale.add(page); // those that are read too: should this round be broken off, the next one reads them
    return { due, doubted };
  }

  async function readAgain({ pages, pageParams }: Loaded, read: Read): Promise<Map<Cursor, ProjectPage>> {
    const news = told === undefined ? null : told;
    told = undefined;
    const { due, doubted } = choose(pages, news);
    const fresh = new Map(await Promise.all(due.map(async (page) => [page, await readBetween(pageParams[pages.indexOf(page)], page, sizes, read)] as const)));
    const found = new Set([...fresh.values()].flatMap(({ items }) => items.map(({ id }) => id)));
    // Every changed project is where it was just read, and a project stands in a list once: the others are as they were.
    if (news && [...news].every((id) => found.has(id))) doubted.forEach((page) => stale.delete(page));
    for (const page of due) for (const { id } of page.items) found.delete(id);
    return new Map(pages.map((page, place) => [pageParams[place], fresh.get(page) ?? without(found, page)]));
  }

  // What came into a page that was read has left the one where it stood before.
  function without(arrived: ReadonlySet<number>, page: ProjectPage): ProjectPage {
    if (arrived.size === 0 || !page.items.some(({ id }) => arrived.has(id))) return page;
    const rest = { ...page, items: page.items.filter(({ id }) => !arrived.has(id)) };
    stale.add(rest);
    return rest;
  }

  const stop = onChanged((projects) => {
    told = projects && told !== null ? new Set([...(told ?? []), ...projects]) : null;
  });

  const waiting = () => [...within(list.data.value?.pages ?? [])].some((page) => stale.has(page));
  async function readWaiting() {
    if (list.isPlaceholderData.value || !waiting()) return;
    told ??= new Set();
    await list.refetch({ throwOnError: true });
  }

  return {
    /** Reads again what waits and came into view; for whenever that or the list became another. */
    look() {
      if (!list.isFetching.value) void readWaiting().catch(() => undefined); // the list itself says what went wrong
    },
    stop,

    /** A page that was read before, as it is now; undefined for one that was not. */
    again(data: Loaded | undefined, cursor: Cursor, read: Read): Promise<ProjectPage> | undefined {
      if (!data?.pageParams.includes(cursor)) return undefined;
      if (cursor === undefined) round = readAgain(data, read);
      return round?.then((pages) => pages.get(cursor) ?? read({ limit: sizes.further, ...(cursor && { cursor }) }));
    },

    /** Reads again what waits to be seen among the first rows, as before they are printed. */
    async fresh(rows: number) {
      least = rows;
      try {
        await readWaiting();
      } finally {
        least = 0;
      }
    },
  };
}
