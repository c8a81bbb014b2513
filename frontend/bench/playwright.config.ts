import base from '../playwright.config';

// What pages cost, measured on the built program: figures to read, nothing to pass.
export default { ...base, testDir: '.', globalSetup: '../e2e/server.ts', outputDir: '../test-results/bench', timeout: 1_800_000 };
