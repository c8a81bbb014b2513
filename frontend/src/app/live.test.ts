import { QueryClient, QueryObserver } from '@tanstack/vue-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keys } from '@/api/keys';
import { heard, lost } from '@/api/network';
import { followChanges } from './live';

class Source extends EventTarget {
  closed = false;
  close() {
    this.closed = true;
  }
  tell(event: string, data: object = {}) {
    this.dispatchEvent(new MessageEvent(event, { data: JSON.stringify({ news: [], end: null, ...data }) }));
  }
}

let sources: Source[];
let answering: boolean;
let stop: () => void;
const last = () => sources.at(-1) as Source;

function start(mayReplace: (key: readonly unknown[]) => boolean = () => true) {
  const queries = new QueryClient();
  const reads = { seven: vi.fn(() => Promise.resolve(1)), eight: vi.fn(() => Promise.resolve(1)) };
  const shown = [
    new QueryObserver(queries, { queryKey: keys.project.detail(7), queryFn: reads.seven }),
    new QueryObserver(queries, { queryKey: keys.project.detail(8), queryFn: reads.eight }),
  ];
  const leave = shown.map((observer) => observer.subscribe(() => undefined));
  const wire = {
    open: () => (sources.push(new Source()), last()),
    answers: () => (heard(answering ? 200 : 0), Promise.resolve(answering)),
  };
  const live = followChanges(queries, wire, mayReplace);
  stop = () => (live.stop(), leave.forEach((off) => off()), queries.clear());
  return { queries, reads, live };
}

beforeEach(() => {
  vi.useFakeTimers();
  sources = [];
  answering = true;
  heard(200);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

const seven = { news: [{ noun: 'project', ids: [7], projects: [7], many: false }] };
const rest = (ms = 60_000) => vi.advanceTimersByTimeAsync(ms);

it('reads again what is shown and changed, once for many pieces of news', async () => {
  const { reads } = start();
  await rest();
  expect([reads.seven.mock.calls.length, reads.eight.mock.calls.length]).toEqual([1, 1]);
  last().tell('news', seven);
  last().tell('news', seven);
  await rest();
  expect([reads.seven.mock.calls.length, reads.eight.mock.calls.length]).toEqual([2, 1]);
  last().tell('resync');
  await rest();
  expect([reads.seven.mock.calls.length, reads.eight.mock.calls.length]).toEqual([3, 2]);
});

it('leaves what is being decided on as it was read', async () => {
  const { reads, queries } = start(([, part]) => part !== 'detail');
  await rest();
  last().tell('news', seven);
  await rest();
  expect(reads.seven).toHaveBeenCalledTimes(1);
  expect(queries.getQueryState(keys.project.detail(7))?.isInvalidated).toBe(true);
});

it('says that the server is gone, looks for it, and reads everything again when it is back', async () => {
  const { reads } = start();
  await rest();
  answering = false;
  last().dispatchEvent(new Event('error'));
  await rest(100);
  expect(lost.value).toBe(true);
  expect(sources).toHaveLength(1);
  answering = true;
  await rest();
  expect(lost.value).toBe(false);
  expect(sources).toHaveLength(2);
  expect([reads.seven.mock.calls.length, reads.eight.mock.calls.length]).toEqual([2, 2]);
});

it('starts looking when any call finds nobody there', async () => {
  start();
  heard(503);
  await rest(100);
  expect(last().closed).toBe(true);
  await rest();
  expect(lost.value).toBe(false);
  expect(sources).toHaveLength(2);
});

it('reads again now and then where no stream comes through', async () => {
  const { reads } = start();
  for (let round = 0; round < 6; round += 1) {
    last().dispatchEvent(new Event('error'));
    await rest();
  }
  expect(lost.value).toBe(false);
  expect(reads.seven.mock.calls.length).toBeGreaterThan(1);
});

it('rests when nobody is there, until somebody is', async () => {
  const { reads } = start();
  await rest(17 * 60_000);
  expect(last().closed).toBe(true);
  await rest(60 * 60_000);
  expect(sources).toHaveLength(1);
  dispatchEvent(new Event('keydown'));
  last().dispatchEvent(new Event('open'));
  await rest();
  expect(sources).toHaveLength(2);
  expect(reads.seven).toHaveBeenCalledTimes(2);
});

it('comes back to a server that was stopped, not to one that ended the session', async () => {
  const { reads } = start();
  last().tell('end', { end: 'stopping' });
  await rest();
  expect(sources).toHaveLength(2);
  last().tell('end', { end: 'session_ended' });
  await rest();
  expect(sources).toHaveLength(2);
  expect(reads.seven, 'the first answer leads to the sign-in page').toHaveBeenCalledTimes(2);
});
