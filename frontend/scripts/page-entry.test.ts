import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pageEntry, pagesOf } from './page-entry.mjs';

describe('the entry of a page', () => {
  it('is written for every page of the table of routes that an address opens', () => {
    const source = readFileSync('src/app/routes.ts', 'utf8');
    const pages = pagesOf(source);
    const opened = [...source.matchAll(/^ +path: '(.*)',$/gm)].filter(([, path = '']) => !path.includes('*'));
    expect(pages).toHaveLength(opened.length);
    expect(pages).toContainEqual({ name: 'projects', module: 'src/pages/ProjectsPage.vue', firstWords: true, open: false });
    expect(pages).toContainEqual({ name: 'meetings/id/minutes', module: 'src/pages/MinutesPage.vue', firstWords: false, open: false });
    expect(pages.filter(({ open }) => open).map(({ name }) => name), 'before the sign-in nobody is asked for').toEqual(['sign-in']);
  });

  it('asks for the session and for every file the page needs, each once', () => {
    const manifest = {
      'index.html': { file: 'app.js', css: ['app.css'] },
      'List.vue': { file: 'list.js', css: ['list.css'], imports: ['index.html'] },
    };
    const html = pageEntry('<head><script src="/app.js"></script><link href="/app.css"></head>', manifest, ['index.html', 'List.vue']);
    for (const once of ['/api/v1/me', '/api/v1/instance', '/app.js', '/app.css', 'modulepreload" crossorigin href="/list.js', 'stylesheet" crossorigin href="/list.css']) expect(html.split(once)).toHaveLength(2);
  });
});
