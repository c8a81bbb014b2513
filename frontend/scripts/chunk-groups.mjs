import { build } from 'vite';

/**
 * Gathers what pages share in few files. Left alone, the bundler makes a file of every set of
 * pages that share a module: a project's page came as 96 of them, and each costs a phone a turn on the line.
 * What a page needs is known exactly only after a build has dropped what nobody calls, so the
 * program is bundled twice: once to learn, once to write.
 *
 * @typedef {{ fileName: string, facadeModuleId: string | null, imports: string[], modules: Record<string, { renderedLength: number }> }} Chunk
 *
 * @typedef {object} Site what is opened, and how often
 * @property {RegExp} start the document; what it needs is there whatever is opened
 * @property {RegExp} main the module that the document names: it stays a file of its own
 * @property {RegExp} frame what stands around every page that is not `bare`
 * @property {{ of: RegExp, weight: number, bare?: boolean }[]} pages the first that matches an entry holds for it
 * @property {number} part weight of any other entry: a part of a page, most of whose needs are there already
 * @property {number} turn what asking for one more file costs, in characters of source that take as long to load
 *
 * @typedef {{ id: string, weight: number, modules: Set<string> }} Reader
 * @typedef {{ readers: Set<Reader>, size: number, ids: string[] }} Group
 */

/**
 * Names the group of each module; one that is not named stays where the bundler puts it.
 *
 * @param {Chunk[]} chunks of a build without groups
 * @param {Site} site
 * @returns {Map<string, string>} name of the group by module
 */
export function gather(chunks, site) {
  const readers = readersIn(chunks, site);
  const sizes = new Map(chunks.flatMap(({ modules }) => Object.entries(modules)).map(([id, { renderedLength }]) => [id, renderedLength]));

  /** @type {Map<string, Set<Reader>>} */
  const readersOf = new Map();
  for (const reader of readers) for (const id of reader.modules) readersOf.set(id, (readersOf.get(id) ?? new Set()).add(reader));
  for (const { id } of readers) readersOf.delete(id);

  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const [id, by] of readersOf) {
    if (by.size < 2 || site.main.test(id)) continue; // what has one reader lies with it
    const key = readers.map((reader) => Number(by.has(reader))).join('');
    const { size, ids } = groups.get(key) ?? { size: 0, ids: [] };
    groups.set(key, { readers: by, size: size + (sizes.get(id) ?? 0), ids: [...ids, id] });
  }
  return new Map(joined([...groups.values()], site.turn).flatMap(({ ids }, at) => ids.map((id) => [id, `shared-${at + 1}`])));
}

/**
 * Everything that is opened or fetched on its own, with all that must be there for it.
 *
 * @param {Chunk[]} chunks
 * @param {Site} site
 * @returns {Reader[]}
 */
function readersIn(chunks, { start, frame, pages, part }) {
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const entries = chunks.flatMap((chunk) => (chunk.facadeModuleId ? [{ id: chunk.facadeModuleId, modules: modulesOf(chunk, byFile) }] : []));
  const needsOf = (/** @type {RegExp} */ name) => {
    const found = entries.filter(({ id }) => name.test(id));
    if (found.length === 0) throw new Error(`no page matches ${name}`);
    return found.flatMap(({ modules }) => [...modules]);
  };
  pages.forEach(({ of }) => needsOf(of));
  const [first, around] = [needsOf(start), needsOf(frame)];
  return entries.map(({ id, modules }) => {
    const page = pages.find(({ of }) => of.test(id));
    return { id, weight: page?.weight ?? part, modules: new Set([...modules, ...first, ...(page && !page.bare ? around : [])]) };
  });
}

/**
 * Joins two groups as long as that saves more turns than it brings characters to those who need only one of them.
 *
 * @param {Group[]} groups
 * @param {number} turn
 * @returns {Group[]}
 */
function joined(groups, turn) {
  const weigh = (/** @type {Iterable<Reader>} */ readers) => [...readers].reduce((sum, { weight }) => sum + weight, 0);
  const gainOf = (/** @type {Group} */ one, /** @type {Group} */ other) => {
    const both = weigh([...one.readers].filter((reader) => other.readers.has(reader)));
    return turn * both - one.size * (weigh(other.readers) - both) - other.size * (weigh(one.readers) - both);
  };
  for (;;) {
    const pairs = groups.flatMap((one, at) => groups.slice(at + 1).map((other) => ({ one, other, gain: gainOf(one, other) })));
    const { one, other, gain } = pairs.reduce((best, pair) => (pair.gain > best.gain ? pair : best), { one: groups[0], other: groups[0], gain: 0 });
    if (!one || !other || gain <= 0) return groups;
    const both = { readers: new Set([...one.readers, ...other.readers]), size: one.size + other.size, ids: [...one.ids, ...other.ids] };
    groups = [...groups.filter((group) => group !== one && group !== other), both];
  }
}

/** @param {Chunk} entry @param {Map<string, Chunk>} byFile @returns {Set<string>} */
function modulesOf(entry, byFile) {
  const seen = new Set([entry.fileName]);
  for (const file of seen) for (const next of byFile.get(file)?.imports ?? []) seen.add(next); // a set goes on to what is added
  return new Set([...seen].flatMap((file) => Object.keys(byFile.get(file)?.modules ?? {})));
}

/**
 * @param {import('vite').InlineConfig} config how the program is bundled
 * @param {Site} site
 */
export async function chunkGroups(config, site) {
  const draft = await build({ ...config, configFile: false, logLevel: 'silent', build: { ...config.build, write: false, minify: false, manifest: false } });
  const chunks = /** @type {Chunk[]} */ ([draft].flat().flatMap((/** @type {any} */ { output }) => output.filter((/** @type {any} */ { type }) => type === 'chunk')));
  const groups = gather(chunks, site);
  return [{ name: (/** @type {string} */ id) => groups.get(id) ?? null, includeDependenciesRecursively: false }];
}
