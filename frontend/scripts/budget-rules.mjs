import { brotliCompressSync, gzipSync } from 'node:zlib';

/** @typedef {{ file: string, name?: string, imports?: string[], css?: string[] }} Chunk one entry of the build manifest */

/**
 * The files a reader has downloaded once the given manifest entries are shown.
 *
 * @param {Record<string, Chunk>} manifest
 * @param {string[]} entries
 * @returns {Set<string>}
 * @throws when an entry is not in the manifest: a renamed page must not escape its budget
 */
export function closure(manifest, entries) {
  /** @type {Set<string>} */
  const files = new Set();
  /** @type {Set<string>} */
  const seen = new Set();
  const queue = [...entries];
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    const chunk = manifest[key];
    if (!chunk) throw new Error(`the manifest has no entry ${key}`);
    files.add(chunk.file);
    for (const css of chunk.css ?? []) files.add(css);
    queue.push(...(chunk.imports ?? []));
  }
  return files;
}

/**
 * @param {Uint8Array[]} bodies
 * @returns {{ gz: number, br: number }} KB, each file compressed on its own as it is served
 */
export function weigh(bodies) {
  const kilobytes = (/** @type {(body: Uint8Array) => Uint8Array} */ pack) =>
    bodies.reduce((sum, body) => sum + pack(body).length, 0) / 1024;
  return { gz: kilobytes((body) => gzipSync(body, { level: 9 })), br: kilobytes((body) => brotliCompressSync(body)) };
}

/**
 * The limit of the first rule that matches a chunk's name.
 *
 * @param {string} name
 * @param {{ match: RegExp, gz: number }[]} rules
 * @returns {{ gz: number, br: number }}
 */
export function limitOf(name, rules) {
  const rule = rules.find(({ match }) => match.test(name));
  if (!rule) throw new Error(`no budget for chunk ${name}`);
  return { gz: rule.gz, br: Infinity };
}

/**
 * @param {{ weight: { gz: number, br: number }, gz: number, br: number }} item
 * @returns {boolean}
 */
export function overweight({ weight, gz, br }) {
  return weight.gz > gz || weight.br > br;
}
