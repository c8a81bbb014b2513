import { build } from 'vite';

/**
 * Gathers what pages share in few files. Left alone, the bundler makes a file of every set of
 * pages that share a module: the list came as 62 files, and each costs a phone a turn on the line.
 * What a page needs is known exactly only after a build has dropped what nobody calls, so the
 * program is bundled twice: once to learn, once to write.
 *
 * @typedef {{ fileName: string, facadeModuleId: string | null, imports: string[], moduleIds: string[] }} Chunk
 * @typedef {{ name: string, of: RegExp[], shared?: number }} Gathering the modules that one of the pages
 *   `of` needs, and at least `shared` pages and parts of pages in all; earlier ones come first
 */

/**
 * Names the group of each module; one that no gathering wants stays where the bundler puts it.
 *
 * @param {Chunk[]} chunks of a build without groups
 * @param {RegExp[]} boot what a reader who is not signed in loads: its modules are left alone
 * @param {Gathering[]} gatherings
 * @returns {Map<string, string>} name of the group by module
 */
export function gather(chunks, boot, gatherings) {
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const entries = chunks.filter(({ facadeModuleId }) => facadeModuleId);
  const needs = new Map(entries.map((entry) => [entry.facadeModuleId ?? '', modulesOf(entry, byFile)]));
  const matching = (/** @type {RegExp} */ page) => {
    const found = [...needs].filter(([id]) => page.test(id));
    if (found.length === 0) throw new Error(`no page matches ${page}`);
    return found.flatMap(([, modules]) => [...modules]);
  };

  /** @type {Map<string, number>} */
  const readers = new Map();
  for (const modules of needs.values()) for (const id of modules) readers.set(id, (readers.get(id) ?? 0) + 1);
  const left = new Set([...boot.flatMap(matching), ...needs.keys()]);
  /** @type {Map<string, string>} */
  const groups = new Map();
  for (const { name, of, shared = 1 } of gatherings) {
    for (const id of of.flatMap(matching)) {
      if (!left.has(id) && !groups.has(id) && (readers.get(id) ?? 0) >= shared) groups.set(id, name);
    }
  }
  return groups;
}

/** @param {Chunk} entry @param {Map<string, Chunk>} byFile @returns {Set<string>} */
function modulesOf(entry, byFile) {
  const seen = new Set([entry.fileName]);
  for (const file of seen) for (const next of byFile.get(file)?.imports ?? []) seen.add(next); // a set goes on to what is added
  return new Set([...seen].flatMap((file) => byFile.get(file)?.moduleIds ?? []));
}

/**
 * @param {import('vite').InlineConfig} config how the program is bundled
 * @param {RegExp[]} boot
 * @param {Gathering[]} gatherings
 */
export async function chunkGroups(config, boot, gatherings) {
  const draft = await build({ ...config, configFile: false, logLevel: 'silent', build: { ...config.build, write: false, minify: false, manifest: false } });
  const chunks = /** @type {Chunk[]} */ ([draft].flat().flatMap((/** @type {any} */ { output }) => output.filter((/** @type {any} */ { type }) => type === 'chunk')));
  const groups = gather(chunks, boot, gatherings);
  return [{ name: (/** @type {string} */ id) => groups.get(id) ?? null, includeDependenciesRecursively: false }];
}
