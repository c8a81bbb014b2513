// Writes pages/<name>.html for every page behind the sign-in that can be opened by its address.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pageEntry, pagesOf } from './page-entry.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const html = readFileSync(join(dist, 'index.html'), 'utf8');
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));

const pages = pagesOf(readFileSync(join(root, 'src/app/routes.ts'), 'utf8')).filter(({ open }) => !open);
if (pages.length === 0) throw new Error('the table of routes names no page');
for (const { name, module, firstWords } of pages) {
  const file = join(dist, 'pages', `${name}.html`);
  mkdirSync(dirname(file), { recursive: true });
  const shell = name === 'cockpit' ? [] : ['src/app/AppShell.vue'];
  const words = firstWords ? [] : ['src/i18n/chinese.ts']; // most readers': a page cannot know better before it runs
  writeFileSync(file, pageEntry(html, manifest, ['index.html', ...shell, ...words, module]));
}
