import type { APIRequestContext, BrowserContext, Locator, Page } from '@playwright/test';
import type { components } from '../../src/api/schema';
import { expect, password, test as base } from '../test';

export { expect, expectAccessible, password } from '../test';

type Schema = components['schemas'];
type ProjectRow = Schema['ProjectRow'];
type ProjectDetail = Schema['ProjectDetail'];

interface People {
  /** A browser of one's own, with a new session of that account; with nobody's for ''. */
  open: (username: string, path: string) => Promise<Page>;
}

/** Journeys in which more than one person takes part. */
export const test = base.extend<People>({
  open: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (username, path) => {
      const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
      contexts.push(context);
      if (username) {
        const answer = await context.request.post('/api/v1/session', { data: { username, password: password() } });
        expect(answer.status(), `sign-in of ${username}`).toBe(201);
      }
      const page = await context.newPage();
      await page.goto(path);
      return page;
    });
    // An account keeps its last ten sessions: whoever left one open would in the end sign out the tests' own.
    for (const context of contexts) {
      await context.setOffline(false);
      await context.request.delete('/api/v1/session');
      await context.close();
    }
  },
});

/** Signs in as somebody who comes to the sign-in page. */
export async function signIn(page: Page, username: string, secret: string): Promise<void> {
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码').fill(secret);
  await page.getByRole('button', { name: '登录' }).click();
}

/** The choice of a combo box that is searched by typing. */
export async function choose(within: Page | Locator, label: string, choice: string): Promise<void> {
  const page = 'goto' in within ? within : within.page();
  await within.getByRole('button', { name: label }).click();
  await page.getByRole('textbox', { name: `在“${label}”中搜索` }).fill(choice);
  await page.getByRole('option', { name: choice }).first().click();
}

/** The rows of the list of projects. */
export function rows(page: Page): Locator {
  return page.getByRole('table', { name: '项目库' }).getByRole('row').filter({ has: page.getByRole('link') });
}

/** Narrows the list, the board or the dashboard by one choice of one filter. */
export async function narrow(page: Page, filter: string, choice: string): Promise<void> {
  await page.getByRole('search', { name: '筛选项目' }).getByRole('button', { name: filter, exact: true }).click();
  const choices = page.getByRole('dialog', { name: filter });
  await choices.getByRole('option', { name: new RegExp(`^${choice}`) }).first().click();
  await page.keyboard.press('Escape');
}

/** One part of a project's page, by its heading. */
export function card(page: Page, name: string): Locator {
  return page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name, exact: true }) });
}

/** The projects of a filter, in the order of their codes, as the reader of `request` sees them. */
export async function projects(request: APIRequestContext, filter: Record<string, string>): Promise<ProjectRow[]> {
  const answer = await request.get('/api/v1/projects', { params: { sort: 'code', limit: '200', ...filter } });
  expect(answer.ok(), `projects of ${JSON.stringify(filter)}`).toBe(true);
  return ((await answer.json()) as Schema['ProjectPage']).items;
}

/** The project of a code. Every test changes one of its own. */
export async function project(request: APIRequestContext, code: string): Promise<ProjectDetail> {
  const found = (await projects(request, { q: code })).find((row) => row.code === code);
  expect(found, `project ${code}`).toBeDefined();
  return (await (await request.get(`/api/v1/projects/${found?.id ?? 0}`)).json()) as ProjectDetail;
}
