// Writes a brotli and a gzip copy beside every asset worth it, so that the
// server never compresses at request time.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const worthwhile = 1024;
const compressible = /\.(js|css|html|svg|json|txt)$/;

for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  const file = join(dist, name);
  if (name.startsWith('.vite') || !compressible.test(name) || statSync(file).size < worthwhile) continue;
  const body = readFileSync(file);
  writeFileSync(`${file}.br`, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  writeFileSync(`${file}.gz`, gzipSync(body, { level: 9 }));
}
writeFileSync(join(dist, 'version.txt'), `${process.env.ZHONGDA_VERSION ?? ''}\n`);
