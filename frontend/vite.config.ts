import { fileURLToPath } from 'node:url';
import vueI18n from '@intlify/unplugin-vue-i18n/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { chunkGroups } from './scripts/chunk-groups.mjs';
import { themeBoot } from './scripts/theme-boot-plugin.mjs';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Every page carries the list of the files of all others: without their names the first comes 1 KB lighter.
const output = { chunkFileNames: 'assets/[hash].js', assetFileNames: 'assets/[hash][extname]' };

const config: ViteUserConfig = {
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
    rolldownOptions: { output },
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
};

// Only the program that is served is gathered into few files: tests and the development server load what they touch.
export default defineConfig(async ({ command }) => {
  if (command !== 'build') return config;
  const page = (name: string) => new RegExp(`/src/pages/${name}\\.vue$`);
  const groups = await chunkGroups(config, {
    start: /index\.html$/,
    main: /\/app\/main\.ts$/,
    frame: /AppShell\.vue$/,
    pages: [
      { of: page('SignInPage'), weight: 40, bare: true }, // everybody's first
      { of: page('CockpitPage'), weight: 1, bare: true },
      { of: page('ProjectsPage'), weight: 4 },
      { of: page('ProjectPage'), weight: 4 },
      { of: page('\\w+'), weight: 1 },
    ],
    part: 0.05,
    turn: 24_000, // some 4 KB packed: what a phone loads in the 25 ms that a file costs it, six at a time
  });
  return { ...config, build: { ...config.build, rolldownOptions: { output: { ...output, codeSplitting: { groups } } } } };
});
