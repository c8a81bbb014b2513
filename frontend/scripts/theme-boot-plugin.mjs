import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * Puts the theme script before the first paint as a blocking file of its own:
 * the content security policy allows no inline script, and a module would run
 * after a flash of the wrong theme.
 *
 * @param {string} source absolute path of the classic script
 * @returns {import('vite').Plugin}
 */
export function themeBoot(source) {
  const code = readFileSync(source, 'utf8');
  const name = `assets/theme-${createHash('sha256').update(code).digest('hex').slice(0, 8)}.js`;
  let serving = false;
  return {
    name: 'theme-boot',
    configResolved(config) {
      serving = config.command === 'serve';
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: name, source: code });
    },
    transformIndexHtml() {
      const src = serving ? '/src/app/theme-boot.js' : `/${name}`;
      return [{ tag: 'script', attrs: { src }, injectTo: 'head-prepend' }];
    },
  };
}
