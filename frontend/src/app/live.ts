import type { QueryClient } from '@tanstack/vue-query';
import { watch } from 'vue';
import type { Schema } from '@/api/client';
import { tellChanged } from '@/api/changed';
import { keys } from '@/api/keys';
import { heard, lost } from '@/api/network';
import { merged, touches, type News } from './news';

type Bulletin = Schema<'Bulletin'>;

/** What a stream needs of the browser; tests stand in for it. */
export interface Wire {
  open: () => EventTarget & { close: () => void };
  /** Whether the server answers at all. */
  answers: () => Promise<boolean>;
}

/** What was told is looked up at most so often; what comes meanwhile goes with the next. */
const between = 1500;
/** Between tries without a server, the first and the longest. */
const firstTry = 2000;
const lastTry = 30_000;
/** A page that nobody sees, or nobody touches, stops listening after this long. */
const unseen = 30_000;
const untouched = 15 * 60_000;
/** After so many tries in a row it is the stream that does not come through, not the server. */
const streamless = 3;

export const browserWire: Wire = {
  open: () => new EventSource('/api/v1/events'),
  answers: async () => {
    try {
      const { status } = await fetch('/api/v1/instance', { cache: 'no-store' });
      heard(status);
    } catch {
      heard(0);
    }
    return !lost.value;
  },
};

/**
 * Keeps what is on screen as it is on the server: hears what others change and reads
 * those answers again that are shown. While nobody looks it rests, so that a session
 * left alone still ends; afterwards everything shown is read again.
 */
export function followChanges(queries: QueryClient, wire: Wire, mayReplace: (key: readonly unknown[]) => boolean) {
  let source: ReturnType<Wire['open']> | null = null;
  let waiting: News[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let rest: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  let missed = false;
  let resting = false;
  let touchedAt = Date.now();

  function invalidate(stale: (key: readonly unknown[]) => boolean) {
    const chosen = (replace: boolean) => ({ predicate: ({ queryKey }: { queryKey: readonly unknown[] }) => stale(queryKey) && mayReplace(queryKey) === replace });
    void queries.invalidateQueries({ ...chosen(true), refetchType: 'active' });
    void queries.invalidateQueries({ ...chosen(false), refetchType: 'none' });
  }

  function tell() {
    timer = undefined;
    const told = waiting;
    waiting = [];
    const projects = told.find(({ noun }) => noun === 'project');
    if (projects) tellChanged(projects.many ? null : projects.ids);
    if (told.length > 0) invalidate((key) => told.some((news) => touches(news, key)));
  }

  function resync() {
    missed = false;
    waiting = [];
    tellChanged(null);
    invalidate(([noun]) => noun !== keys.instance[0]);
  }

  function close() {
    clearTimeout(retry);
    source?.close();
    source = null;
  }

  /** Stops until somebody is there again. */
  function pause() {
    close();
    missed = true;
    resting = true;
  }

  function again() {
    close();
    missed = true;
    retry = setTimeout(() => void reopen(), Math.min(firstTry * 2 ** tries, lastTry) * (0.75 + Math.random() / 2));
    tries += 1;
  }

  // A proxy may let everything through but streams: then what is shown is read again now and then.
  async function reopen() {
    clearTimeout(retry);
    const wasLost = lost.value;
    if (!(await wire.answers())) return again();
    if (wasLost || tries > streamless) resync();
    open();
  }

  const read = (event: Event) => JSON.parse((event as MessageEvent<string>).data) as Bulletin;

  function open() {
    resting = false;
    if (source) return;
    const opened = wire.open();
    source = opened;
    opened.addEventListener('open', () => {
      tries = 0;
      if (missed) resync();
    });
    opened.addEventListener('news', (event) => {
      waiting = merged(waiting, read(event).news);
      timer ??= setTimeout(tell, between);
    });
    opened.addEventListener('resync', resync);
    opened.addEventListener('end', (event) => {
      const { end } = read(event);
      if (end === 'stopping') return void again();
      pause();
      if (end === 'session_ended') resync(); // the first answer says so, and leads to the sign-in page
    });
    opened.addEventListener('error', () => {
      if (source !== opened) return;
      again();
      void wire.answers();
    });
  }

  function look() {
    clearTimeout(rest);
    if (document.visibilityState === 'hidden') rest = setTimeout(pause, unseen);
    else if (resting) open();
  }

  function touch() {
    touchedAt = Date.now();
    if (resting) open();
  }
  const idle = setInterval(() => {
    if (source && Date.now() - touchedAt > untouched) pause();
  }, 60_000);

  const online = () => void reopen();
  const offline = () => heard(0);
  // Whatever call found nobody there: from now on it is looked for.
  const unwatch = watch(lost, (gone) => {
    if (gone && source) again();
  });
  document.addEventListener('visibilitychange', look);
  addEventListener('online', online);
  addEventListener('offline', offline);
  for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, touch, { passive: true });
  open();

  return {
    /** Tries to reach the server now. */
    retry: reopen,
    stop() {
      for (const kind of ['pointerdown', 'keydown']) removeEventListener(kind, touch);
      removeEventListener('online', online);
      removeEventListener('offline', offline);
      unwatch();
      document.removeEventListener('visibilitychange', look);
      clearInterval(idle);
      clearTimeout(timer);
      clearTimeout(rest);
      close();
    },
  };
}
