import { closure } from './budget-rules.mjs';

/**
 * The pages that can be opened by an address: `work`, `projects/id` …
 *
 * @param {string} routes source of the table of routes
 * @returns {{ name: string, module: string, firstWords: boolean }[]} `firstWords`: says nothing beyond the words the program comes with
 */
export function pagesOf(routes) {
  const route = /path: '\/([^'*]+)',\s+name: '[\w-]+',\s+component: \(\) => import\('@\/(pages\/\w+\.vue)'\),\s+meta: (.*)/g;
  return [...routes.matchAll(route)].map(([, path = '', module = '', meta = '']) => ({
    name: path.replace(/:id\([^)]*\)/, 'id'),
    module: `src/${module}`,
    firstWords: meta.includes('firstWords'),
  }));
}

/**
 * The program's page with everything one of its pages needs asked for at once. Without it the
 * browser learns of a file only from the file before it, and of the session only when all are there:
 * four turns on the line, which a phone feels.
 *
 * @param {string} html the program's page
 * @param {Record<string, import('./budget-rules.mjs').Chunk>} manifest
 * @param {string[]} entries of the manifest that the page needs
 */
export function pageEntry(html, manifest, entries) {
  const files = [...closure(manifest, entries)].filter((file) => !html.includes(file));
  const links = files.map((file) => (file.endsWith('.css') ? `<link rel="stylesheet" href="/${file}" crossorigin>` : `<link rel="modulepreload" href="/${file}" crossorigin>`));
  return html.replace('</head>', `${['<link rel="preload" as="fetch" href="/api/v1/me" crossorigin>', ...links].join('')}</head>`);
}
