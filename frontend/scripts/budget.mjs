// Fails the build when a screen or a chunk is heavier than its budget.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closure, limitOf, overweight, weigh } from './budget-rules.mjs';
import { chunks, screens } from './budgets.mjs';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
/** @type {Record<string, import('./budget-rules.mjs').Chunk>} */
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
rmSync(join(dist, '.vite'), { recursive: true }); // the manifest is for this check, not for readers

const weightOf = (/** @type {Iterable<string>} */ files) => weigh([...files].map((file) => readFileSync(join(dist, file))));
const initial = closure(manifest, ['index.html']);
const lazy = Object.values(manifest).filter(({ file }) => file.endsWith('.js') && !initial.has(file));

const measured = [
  ...screens.map(({ name, entries, gz, br }) => ({ kind: 'screen', name, gz, br, weight: weightOf(closure(manifest, entries)) })),
  ...lazy
    .map(({ name = '', file }) => ({ kind: 'chunk', name: name || file, ...limitOf(name, chunks), weight: weightOf([file]) }))
    .sort((a, b) => b.weight.gz - a.weight.gz),
];

for (const { kind, name, weight, gz, br } of measured) {
  const limit = br === Infinity ? `${gz} gz` : `${gz} gz, ${br} br`;
  console.log(`${kind.padEnd(6)} ${name.padEnd(28)} ${weight.gz.toFixed(1)} KB gz, ${weight.br.toFixed(1)} KB br (limit ${limit})`);
}

const broken = measured.filter(overweight);
for (const { kind, name } of broken) console.error(`over budget: ${kind} ${name}`);
if (broken.length > 0) process.exit(1);
