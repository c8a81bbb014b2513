import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Browser } from '@playwright/test';
import { test } from '../e2e/test';
import { audited, type Audit } from './lighthouse';

// The pages people open most, and what tells that they can be used.
const pages = [
  { name: '列表 list', path: '/projects', usable: 'tbody [data-row] a' },
  { name: '看板 board', path: '/pipeline', usable: 'main article, main li a' },
  { name: '时间轴 timeline', path: '/timeline', usable: 'main [role=row] a, main a[href^="/projects/"]' },
  { name: '地图 map', path: '/map', usable: 'main svg' },
  { name: '总览 dashboard', path: '/dashboard', usable: 'main section' },
  { name: '项目 project', path: '/projects/1', usable: 'main article' },
  { name: '工作台 work', path: '/work', usable: 'main h1' },
];
const asked = pages.filter(({ path }) => (process.env['BENCH_PAGES'] ?? path).split(',').includes(path));
const rounds = 5;
const crowds = (process.env['BENCH_PROJECTS'] ?? '10000').split(',');
const house = fileURLToPath(new URL('../..', import.meta.url));

/** How long until a page could be used, and what stood in the way, in ms; shift is Chromium's layout shift. */
interface Timing {
  usable: number;
  longTasks: number;
  longest: number;
  shift: number;
  nodes: number;
}

async function timed(browser: Browser, state: never, path: string, usable: string): Promise<Timing> {
  const context = await browser.newContext({ storageState: state, baseURL: process.env['ZHONGDA_URL'], viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript((selector) => {
    const seen = { usable: 0, tasks: [] as number[], shift: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => seen.tasks.push(duration))).observe({ type: 'longtask', buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) if (!entry.hadRecentInput) seen.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
    const look = () => {
      if (document.querySelector(selector)) seen.usable = performance.now();
      else requestAnimationFrame(look);
    };
    look();
  }, usable);
  await page.goto(path, { waitUntil: 'networkidle' });
  const timing = await page.evaluate(() => {
    const { seen } = window as unknown as { seen: { usable: number; tasks: number[]; shift: number } };
    const over = seen.tasks.map((task) => task - 50);
    return {
      usable: seen.usable,
      longTasks: over.reduce((sum, ms) => sum + ms, 0),
      longest: Math.max(0, ...seen.tasks),
      shift: seen.shift,
      nodes: document.querySelectorAll('*').length,
    };
  });
  await context.close();
  return timing;
}

/** The middle of several rounds, figure by figure: one slow round on a busy machine says nothing. */
function middle(timings: Timing[]): Timing {
  const of = (key: keyof Timing) => timings.map((timing) => timing[key]).sort((a, b) => a - b)[timings.length >> 1] ?? 0;
  return { usable: of('usable'), longTasks: of('longTasks'), longest: of('longest'), shift: of('shift'), nodes: of('nodes') };
}

const said = (audit: Audit) => `${audit.scores.join('/')} LCP ${(audit.lcp / 1000).toFixed(2)} s TBT ${audit.tbt.toFixed(0)} ms CLS ${audit.cls.toFixed(3)}`;

test.use({ as: 'manager' });
test('what the pages cost', async ({ browser, storageState, page }) => {
  const cookie = await page.context().cookies().then((all) => all.map(({ name, value }) => `${name}=${value}`).join('; '));
  for (const crowd of ['', ...crowds]) {
    if (crowd) execFileSync('go', ['run', './repository/repositorytest/crowd', crowd], { cwd: house, stdio: 'inherit' });
    console.log(`\n${crowd || '355 (the catalogue)'} projects: middle of ${rounds} loads; usable ms | time over 50 ms in long tasks | longest | layout shift | DOM nodes`);
    for (const { name, path, usable } of asked) {
      const timings: Timing[] = [];
      for (let round = 0; round < rounds; round += 1) timings.push(await timed(browser, storageState as never, path, usable));
      const t = middle(timings);
      console.log(`${name.padEnd(16)} ${[t.usable, t.longTasks, t.longest].map((ms) => ms.toFixed(0).padStart(6)).join('')}  ${t.shift.toFixed(4)} ${t.nodes}`);
    }
    if (process.env['BENCH_LIGHTHOUSE'] === '0') continue;
    console.log('Lighthouse: performance/accessibility/best practices/SEO, desktop then mobile');
    for (const { name, path } of asked) {
      const url = `${process.env['ZHONGDA_URL']}${path}`;
      console.log(`${name.padEnd(16)} ${said(audited(url, cookie, 'desktop'))} · mobile ${said(audited(url, cookie, 'mobile'))}`);
    }
  }
});
