import type { Browser, Page } from '@playwright/test';
import { expect, expectAccessible, password, test } from '../test';

// One month of a bureau, with the keyboard alone: drafted, submitted, one report
// returned and one approved, the comment read, the report mended and sent again.
const bureau = 'baoan-water';

async function enter(browser: Browser, username: string): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const answer = await context.request.post('/api/v1/session', { data: { username, password: password() } });
  expect(answer.status(), `sign-in of ${username}`).toBe(201);
  return context.newPage();
}

/** Types into a field reached by its label, never by the mouse. */
async function type(page: Page, label: string | RegExp, text: string) {
  await page.getByLabel(label).first().focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

async function press(page: Page, name: string | RegExp) {
  await page.getByRole('button', { name }).first().focus();
  await page.keyboard.press('Enter');
}

async function draft(page: Page, next: string) {
  await page.goto('/');
  await press(page, /^开始填报/);
  await expect(page).toHaveURL(/\/reports\/\d+$/);
  await type(page, /^形象进度（%）/, '12.5');
  await type(page, /^本月完成投资/, '0.05');
  await type(page, /^年初至今/, '0.8');
  await type(page, /^开工至今/, '3.1');
  await type(page, /^下步计划/, next);
  await page.getByRole('radio', { name: /绿灯/ }).focus();
  await page.keyboard.press('Space');
  await expect(page.getByText(/^已保存/)).toBeVisible();
  await expect(page.getByText('必填内容已齐')).toBeVisible();
  return page.url();
}

test('a month of reports, from the first word to the second submission', async ({ browser }) => {
  test.setTimeout(120_000);
  const editor = await enter(browser, `${bureau}.editor`);
  const one = await draft(editor, '继续堤身填筑');
  await expectAccessible(editor);
  await editor.reload();
  await expect(editor.getByLabel(/^下步计划/)).toHaveValue('继续堤身填筑');
  const two = await draft(editor, '完成泵站基坑');
  expect(two).not.toBe(one);

  const lead = await enter(browser, `${bureau}.lead`);
  for (const address of [one, two]) {
    await lead.goto(address);
    await lead.getByLabel(/^下步计划/).focus();
    await lead.keyboard.press('Control+Enter');
    await expect(lead.getByRole('button', { name: '撤回' })).toBeVisible();
  }

  const reviewer = await enter(browser, 'drc.reviewer1');
  await reviewer.goto('/review');
  await expect(reviewer.getByText('2 件待审')).toBeVisible();
  await expectAccessible(reviewer);
  const first = (await reviewer.locator('[aria-current=true] .queue-name').textContent()) ?? '';
  await expect(reviewer.getByRole('heading', { name: first })).toBeVisible();
  await reviewer.keyboard.press('r');
  await reviewer.getByLabel('退回意见').focus();
  await expectAccessible(reviewer);
  await reviewer.keyboard.type('请核对开工至今的数字');
  await reviewer.keyboard.press('Control+Enter');
  await expect(reviewer.getByText('1 件待审')).toBeVisible();
  await expect(reviewer.getByRole('heading', { level: 2, name: first })).toBeHidden();
  await expect(reviewer.getByRole('button', { name: /^批准/ })).toBeVisible();
  await reviewer.keyboard.press('a');
  await expect(reviewer.getByText('没有等待审核的事项')).toBeVisible();

  await editor.goto('/');
  await expect(editor.getByText('退回意见：请核对开工至今的数字')).toBeVisible();
  await editor.getByRole('link', { name: /^消息，\d+ 条未读/ }).focus();
  await editor.keyboard.press('Enter');
  await expect(editor.getByRole('heading', { name: '今天' })).toBeVisible();
  await expectAccessible(editor);
  await editor.getByRole('link', { name: /月报被退回/ }).focus();
  await editor.keyboard.press('Enter');
  await expect(editor.getByRole('heading', { name: /退回了此月报/ })).toBeVisible();
  await editor.goto('/inbox');
  await expect(editor.getByRole('link', { name: /^未读：.*月报已审定/ })).toBeVisible();
  await expect(editor.getByRole('link', { name: /^未读：.*月报被退回/ })).toBeHidden();

  await editor.goto('/');
  await editor.getByRole('link', { name: /^修改重报/ }).focus();
  await editor.keyboard.press('Enter');
  await expect(editor.getByRole('heading', { name: /退回了此月报/ })).toBeVisible();
  await type(editor, /^开工至今/, '3.2');
  await expect(editor.getByText(/^已保存/)).toBeVisible();
  await expect(editor.getByText('即 320,000,000.00 元')).toBeVisible();
  await expectAccessible(editor);

  await lead.goto(editor.url());
  await lead.getByLabel(/^下步计划/).focus();
  await expect(lead.getByText('即 320,000,000.00 元')).toBeVisible();
  await lead.keyboard.press('Control+Enter');
  await expect(lead.getByRole('button', { name: '撤回' })).toBeVisible();
  await expectAccessible(lead);
});

test('what is missing is said at once, and leads to its field', async ({ browser }) => {
  const lead = await enter(browser, 'sz-water.lead');
  await lead.goto('/');
  await press(lead, /^开始填报/);
  await lead.getByLabel(/^下步计划/).focus();
  await lead.keyboard.press('Control+Enter');
  await expect(lead.getByRole('alert')).toBeFocused();
  await lead.getByRole('alert').getByRole('link', { name: /^形象进度/ }).press('Enter');
  await expect(lead.getByLabel(/^形象进度（%）/)).toBeFocused();
  await expectAccessible(lead);
});

test('without a network nothing typed is lost', async ({ browser }) => {
  const editor = await enter(browser, 'sz-water.editor');
  await editor.goto('/');
  await press(editor, /^开始填报/);
  await expect(editor.getByLabel(/^存在问题/)).toBeVisible();
  await editor.context().setOffline(true);
  await type(editor, /^存在问题/, '台风停工三日');
  await expect(editor.getByText(/内容已留在本机/)).toBeVisible();
  await editor.context().setOffline(false);
  await expect(editor.getByText(/^已保存/)).toBeVisible({ timeout: 15_000 });
  await editor.reload();
  await expect(editor.getByLabel(/^存在问题/)).toHaveValue('台风停工三日');
});
