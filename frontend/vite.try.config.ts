import { fileURLToPath } from 'node:url';
import vueI18n from '@intlify/unplugin-vue-i18n/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { themeBoot } from './scripts/theme-boot-plugin.mjs';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [
    vue(),
    // Messages are compiled here, so the page needs no compiler and no eval.
    vueI18n({
      include: [here('./src/i18n/{zh,en}/*.json')],
      module: 'petite-vue-i18n', // installed under the name vue-i18n: half the size, and all we use
      fullInstall: false,
      dropMessageCompiler: true,
    }),
    themeBoot(here('./src/app/theme-boot.js')),
  ],
  define: { __VUE_OPTIONS_API__: false },
  resolve: { alias: { '@': here('./src') } },
  build: {
    // Chromium 108 is what the domestic browsers in use are built on.
    target: 'chrome108',
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Every page carries the list of the files of all others: without their names the first comes 1 KB lighter.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 60000 }] }, chunkFileNames: 'assets/[hash].js', assetFileNames: 'assets/[hash][extname]' } },
  },
  server: { proxy: { '/api': { target: process.env['ZHONGDA_URL'] ?? 'http://127.0.0.1:8080' } } },
  preview: { proxy: { '/api': { target: process.env['ZHONGDA_URL'] ?? 'http://127.0.0.1:8080' } } },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
    setupFiles: ['src/test/setup.ts'],
    restoreMocks: true,
    testTimeout: 30_000, // a busy machine is no failure
  },
});
