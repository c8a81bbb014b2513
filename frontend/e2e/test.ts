import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type BrowserContextOptions, type Page } from '@playwright/test';

type Storage = Exclude<BrowserContextOptions['storageState'], string | undefined>;

interface Options {
  /** Whose session the page starts with; empty for nobody. */
  as: string;
}
interface Fixtures {
  /** What the page complained about: script errors, refused styles, failed requests. */
  complaints: string[];
}
interface WorkerFixtures {
  sessions: Map<string, Storage>;
}

/** The demonstration accounts all have this password. */
export const password = () => process.env['ZHONGDA_DEMO_PASSWORD'] ?? '';

export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  as: ['', { option: true }],

  // One sign-in per account and run: the server slows down those who try often.
  sessions: [async ({}, use) => use(new Map()), { scope: 'worker' }], // eslint-disable-line no-empty-pattern

  storageState: async ({ as, sessions, playwright, baseURL }, use) => {
    if (!as) return use({ cookies: [], origins: [] });
    const known = sessions.get(as);
    if (known) return use(known);
    const request = await playwright.request.newContext({ baseURL });
    const answer = await request.post('/api/v1/session', { data: { username: as, password: password() } });
    expect(answer.status(), `sign-in of ${as}`).toBe(201);
    const state = await request.storageState();
    await request.dispose();
    sessions.set(as, state);
    return use(state);
  },

  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await use(complaints);
    },
    { auto: true },
  ],
});

/** Nothing on the page stops a reader with a screen reader, a keyboard or weak sight; of all rules, or of those named. */
export async function expectAccessible(page: Page, ...rules: string[]): Promise<void> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules.length > 0 ? axe.withRules(rules) : axe).analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
  expect(told).toEqual([]);
}

export { expect };
