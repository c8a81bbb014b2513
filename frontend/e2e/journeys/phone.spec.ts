import { devices, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { expect, expectAccessible, password, rows, test } from './kit';

// The same work with a thumb: every role does its part at the width of a phone, by touch.
const { userAgent, deviceScaleFactor, isMobile, hasTouch } = devices['Pixel 7'];
const phone = { userAgent, deviceScaleFactor, isMobile, hasTouch };
const contexts: BrowserContext[] = [];

async function hold(browser: Browser, username: string, path: string): Promise<Page> {
  const context = await browser.newContext({ ...phone, viewport: { width: 390, height: 844 }, locale: 'zh-CN', reducedMotion: 'reduce' });
  contexts.push(context);
  const answer = await context.request.post('/api/v1/session', { data: { username, password: password() } });
  expect(answer.status(), `sign-in of ${username}`).toBe(201);
  const page = await context.newPage();
  await page.goto(path);
  return page;
}

test.afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});

/** Nothing lies beyond the right edge, and nobody is stopped. */
async function fits(page: Page) {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
}

test('from the site: a bureau reports, its lead submits, the Commission approves', async ({ browser }) => {
  const editor = await hold(browser, 'nanshan-drc.editor', '/work');
  await editor.getByRole('button', { name: /^开始填报/ }).first().tap();
  await expect(editor).toHaveURL(/\/reports\/\d+$/);
  await editor.getByLabel(/^形象进度（%）/).fill('8');
  await editor.getByRole('textbox', { name: /^本月完成投资/ }).fill('0.02');
  await editor.getByRole('textbox', { name: /^年初至今/ }).fill('0.3');
  await editor.getByRole('textbox', { name: /^开工至今/ }).fill('1.2');
  await editor.getByRole('textbox', { name: /^下步计划/ }).fill('完成围堰施工');
  await editor.getByText('绿灯', { exact: true }).first().tap();
  await expect(editor.getByText('必填内容已齐')).toBeVisible();
  await expect(editor.getByText(/^已保存/)).toBeVisible();
  await fits(editor);

  const lead = await hold(browser, 'nanshan-drc.lead', editor.url());
  await lead.getByRole('button', { name: /^提交/ }).first().tap();
  await expect(lead.getByRole('button', { name: '撤回' })).toBeVisible();
  await fits(lead);

  const reviewer = await hold(browser, 'drc.reviewer2', '/review?owner=nanshan-drc');
  const waiting = reviewer.getByRole('region', { name: '待审事项' }).getByRole('listitem');
  await expect(waiting).toHaveCount(1);
  await fits(reviewer);
  await reviewer.getByRole('button', { name: /^批准/ }).last().tap();
  await expect(reviewer.getByText('没有符合条件的待审事项')).toBeVisible();
});

test('a manager asks in the car: one filter, one project, and back', async ({ browser }) => {
  const page = await hold(browser, 'manager', '/projects');
  await page.getByRole('search', { name: '筛选项目' }).getByRole('button', { name: '类别', exact: true }).tap();
  await page.getByRole('option', { name: /^水务/ }).first().tap();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL('/projects?category=water');
  await fits(page);
  const first = rows(page).getByRole('link').first();
  const name = await first.innerText();
  await first.tap();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await fits(page);
  await page.goBack();
  await expect(page).toHaveURL('/projects?category=water');
});

test('three administrators do what is theirs, and no more', async ({ browser }) => {
  const accounts = await hold(browser, 'sysadmin', '/admin/users?q=sz-health.editor');
  await accounts.locator('[data-primary]').first().tap();
  await expect(accounts.getByRole('dialog')).toBeVisible();
  await fits(accounts);

  const roles = await hold(browser, 'secadmin', '/admin/users?q=sz-health.lead');
  await roles.locator('[data-primary]').first().tap();
  await expect(roles.getByRole('dialog').getByRole('checkbox').first()).toBeVisible();
  await fits(roles);

  const record = await hold(browser, 'auditor', '/audit');
  await record.getByRole('button', { name: /^展开：/ }).first().tap();
  await fits(record);
  await record.goto('/projects');
  await expect(record.getByRole('heading', { name: /无权|没有权限/ })).toBeVisible();
});
