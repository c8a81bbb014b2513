import { describe, expect, it } from 'vitest';
import { gather } from './chunk-groups.mjs';

const chunk = (fileName: string, facadeModuleId: string | null, imports: string[], modules: Record<string, number>) => ({
  fileName,
  facadeModuleId,
  imports,
  modules: Object.fromEntries(Object.entries(modules).map(([id, renderedLength]) => [id, { renderedLength }])),
});
const chunks = [
  chunk('index.js', '/index.html', ['vue.js'], { '/index.html': 0, '/main.ts': 10 }),
  chunk('vue.js', null, [], { '/vue.ts': 500 }),
  chunk('shell.js', '/Shell.vue', ['icon.js', 'vue.js'], { '/Shell.vue': 50 }),
  chunk('sign-in.js', '/SignInPage.vue', ['vue.js'], { '/SignInPage.vue': 50 }),
  chunk('list.js', '/ListPage.vue', ['grid.js', 'bar.js', 'vue.js'], { '/ListPage.vue': 90, '/row.ts': 40 }),
  chunk('board.js', '/BoardPage.vue', ['bar.js'], { '/BoardPage.vue': 90 }),
  chunk('drawer.js', '/Drawer.vue', ['grid.js'], { '/Drawer.vue': 30 }),
  chunk('bar.js', null, ['grid.js'], { '/bar.ts': 60 }),
  chunk('grid.js', null, ['bar.js'], { '/grid.ts': 80 }), // in a circle
  chunk('icon.js', null, [], { '/icon.ts': 5 }),
];
const pages = [
  { of: /SignInPage/, weight: 1, bare: true },
  { of: /Page/, weight: 1 },
];
const site = { start: /index/, main: /main/, frame: /Shell/, pages, part: 0.1, turn: 20 };

function filesOf(groups: Map<string, string>): string[] {
  const ids = [...groups.keys()].sort();
  return [...new Set(groups.values())].map((name) => ids.filter((id) => groups.get(id) === name).join(' ')).sort();
}

describe('what pages share', () => {
  it('lies in one file when those who need only a part of it lose less than the turn they save', () => {
    expect(filesOf(gather(chunks, site))).toEqual(['/bar.ts /grid.ts', '/icon.ts /vue.ts']);
  });

  it('is drawn together the more a turn costs, and the more the page is opened that needs both', () => {
    expect(filesOf(gather(chunks, { ...site, turn: 100_000 }))).toEqual(['/bar.ts /grid.ts /icon.ts /vue.ts']);
    const often = [{ of: /ListPage/, weight: 20 }, ...pages];
    expect(filesOf(gather(chunks, { ...site, pages: often }))).toEqual(['/bar.ts /grid.ts /icon.ts /vue.ts']);
  });

  it('stays apart when a file costs nothing', () => {
    expect(filesOf(gather(chunks, { ...site, turn: 0 }))).toEqual(['/bar.ts /grid.ts', '/icon.ts', '/vue.ts']);
  });

  it('never holds what is opened on its own, nor what one reader needs', () => {
    const gathered = [...gather(chunks, { ...site, turn: 100_000 }).keys()];
    for (const own of ['/index.html', '/main.ts', '/ListPage.vue', '/row.ts', '/Drawer.vue', '/Shell.vue']) expect(gathered).not.toContain(own);
  });

  it('knows its pages: a renamed one fails the build', () => {
    expect(() => gather(chunks, { ...site, pages: [{ of: /Renamed/, weight: 1 }] })).toThrow('Renamed');
    expect(() => gather(chunks, { ...site, frame: /Renamed/ })).toThrow('Renamed');
  });
});
