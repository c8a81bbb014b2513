import { closure } from './budget-rules.mjs';

/**
 * The pages that can be opened by an address: `work`, `projects/id` …
 *
 * @param {string} routes source of the table of routes
 * @returns {{ name: string, module: string, firstWords: boolean, open: boolean }[]} `firstWords`: says nothing
 *   beyond the words the program comes with; `open`: asks for nobody's session
 */
export function pagesOf(routes) {
  const route = /path: '\/([^'*]+)',\s+name: '[\w-]+',\s+component: \(\) => import\('@\/(pages\/\w+\.vue)'\),\s+meta: (.*)/g;
  return [...routes.matchAll(route)].map(([, path = '', module = '', meta = '']) => ({
    name: path.replace(/:id\([^)]*\)/, 'id'),
    module: `src/${module}`,
    firstWords: meta.includes('firstWords'),
    open: meta.includes('open: true'),
  }));
}

/** What every page behind the sign-in asks first; the program asks the same in the same words (`src/api/client.ts`). */
const questions = ['/api/v1/me', '/api/v1/instance'];

/**
 * The program's page with everything one of its pages needs asked for at once. Without it the
 * browser learns of a file only from the file before it, and of the session only when all are there:
 * four turns on the line, which a phone feels. Until they are there the page shows the product's mark.
 *
 * @param {string} html the program's page
 * @param {Record<string, import('./budget-rules.mjs').Chunk>} manifest
 * @param {string[]} entries of the manifest that the page needs
 */
export function pageEntry(html, manifest, entries) {
  const files = [...closure(manifest, entries)].filter((file) => !html.includes(file));
  const links = files.map((file) => `<link rel="${file.endsWith('.css') ? 'stylesheet' : 'modulepreload'}" crossorigin href="/${file}">`);
  const asked = questions.map((path) => `<link rel="preload" as="fetch" crossorigin href="${path}">`);
  return html
    .replace('</head>', `${[...asked, ...links].join('')}</head>`)
    .replace('<div id="app"></div>', '<div id="app"><div class="boot"><img src="/favicon.svg" alt=""></div></div>');
}
