import type { Browser, Page } from '@playwright/test';
import { expect, expectAccessible, password, test } from '../test';
import { shoot } from '../shots';

// A bureau needs another one, the Commission orders, a meeting decides: with the keyboard, by everybody concerned.
async function enter(browser: Browser, username: string): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const answer = await context.request.post('/api/v1/session', { data: { username, password: password() } });
  expect(answer.status(), `sign-in of ${username}`).toBe(201);
  return context.newPage();
}

async function openProject(page: Page, code: string) {
  await page.goto(`/projects?q=${code}`);
  await page.getByRole('main').getByRole('table').getByRole('link').first().click();
  await expect(page).toHaveURL(/\/projects\/\d+$/);
}

async function press(page: Page, name: string | RegExp) {
  await page.getByRole('button', { name, exact: typeof name === 'string' }).first().focus();
  await page.keyboard.press('Enter');
}

test('a bureau raises an issue, another answers it, the Commission closes it', async ({ browser }) => {
  test.setTimeout(60_000);
  const editor = await enter(browser, 'baoan-water.editor');
  await openProject(editor, 'SZ-0283');
  await press(editor, '提出需协调事项');
  await editor.getByLabel('事项标题').fill('泵站用地未交付');
  await editor.getByLabel('类型').selectOption('land');
  await editor.getByLabel('情况说明与协调请求').fill('红线内两处地块未交付，影响泵站开工。');
  await editor.getByRole('button', { name: /^须办理单位/ }).click();
  await editor.getByLabel('在“须办理单位”中搜索').fill('市水务局');
  await editor.getByRole('option', { name: '深圳市水务局' }).click();
  await expectAccessible(editor);
  await editor.getByRole('dialog').getByRole('button', { name: '提出', exact: true }).click();
  await editor.getByRole('link', { name: '泵站用地未交付' }).first().click();
  await expect(editor.getByRole('heading', { level: 1, name: '泵站用地未交付' })).toBeVisible();
  await expectAccessible(editor);
  const address = editor.url();

  const unit = await enter(browser, 'sz-water.lead');
  await unit.goto('/work');
  await expect(unit.getByText('须我单位办理的事项')).toBeVisible();
  await unit.goto(address);
  await press(unit, '报告已解决');
  await unit.getByLabel('解决情况').fill('两处地块已交付。');
  await unit.locator('input[type=file]').setInputFiles({ name: '交地确认书.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 handed over') });
  await expect(unit.getByLabel('以此为依据：交地确认书.pdf')).toBeChecked();
  await expectAccessible(unit);
  await shoot(unit, 'issue-evidence');
  await unit.getByLabel('解决情况').press('Control+Enter'); // a file alone is evidence
  await expect(unit.getByText('待办结', { exact: true })).toBeVisible();
  await expect(unit.getByRole('link', { name: '交地确认书.pdf' })).toBeVisible();
  await expect(unit.getByRole('button', { name: '办结' })).toBeHidden();

  const reviewer = await enter(browser, 'drc.reviewer1');
  await reviewer.goto('/issues?state=resolved');
  await reviewer.getByRole('link', { name: '泵站用地未交付' }).first().click();
  await expect(reviewer.getByRole('link', { name: '交地确认书.pdf' })).toBeVisible();
  await press(reviewer, '办结');
  await reviewer.getByLabel('意见（可不填）').focus();
  await reviewer.keyboard.press('Control+Enter');
  await expect(reviewer.getByText('已办结', { exact: true }).first()).toBeVisible();
  await reviewer.goto('/issues?by=type');
  await reviewer.getByRole('link', { name: /^用地 已办结 \d+/ }).click();
  await expect(reviewer.getByRole('link', { name: '泵站用地未交付' })).toBeVisible();
  await expectAccessible(reviewer);
});

test('an order goes out in one act, and a meeting gives another', async ({ browser }) => {
  test.setTimeout(60_000);
  const reviewer = await enter(browser, 'drc.reviewer1');
  await openProject(reviewer, 'SZ-0283');
  await press(reviewer, '督办');
  await expect(reviewer.getByRole('button', { name: '发出', exact: true })).toBeFocused();
  await reviewer.keyboard.press('Enter'); // prefilled: Enter issues it
  await reviewer.getByRole('link', { name: /^督2026-\d{4}$/ }).first().click();
  await expect(reviewer.getByRole('heading', { name: '重大项目督办单' })).toBeVisible();
  await expectAccessible(reviewer);
  const order = reviewer.url();

  const lead = await enter(browser, 'baoan-water.lead');
  await lead.goto(order);
  await press(lead, '签收');
  await press(lead, '回复');
  await lead.getByLabel('整改情况').fill('已增加作业面。');
  await lead.getByLabel('依据文件').fill('整改报告');
  await lead.keyboard.press('Control+Enter');
  await expect(lead.getByText('待审核', { exact: true })).toBeVisible();
  await reviewer.reload();
  await press(reviewer, '办结');
  await reviewer.getByLabel('意见（可不填）').focus();
  await reviewer.keyboard.press('Control+Enter');
  await expect(reviewer.getByText('已办结', { exact: true }).first()).toBeVisible();

  await reviewer.goto('/projects?owner=baoan-water');
  await reviewer.getByRole('link', { name: '调度会' }).last().click();
  await reviewer.getByLabel('会议名称').focus();
  await reviewer.keyboard.press('Enter');
  await expect(reviewer).toHaveURL(/\/meetings\/\d+$/);
  await press(reviewer, '开始会议');
  await reviewer.locator('h1').click();
  await reviewer.keyboard.press('ArrowRight');
  await expect(reviewer.getByText(/^2 \/ /)).toBeVisible();
  await reviewer.keyboard.press('ArrowLeft');
  await reviewer.keyboard.press('d');
  await reviewer.keyboard.type('月底前完成用地交付。');
  await expect(reviewer.getByText('已保存')).toBeVisible();
  await expectAccessible(reviewer);
  await shoot(reviewer, 'meeting-session');
  await reviewer.keyboard.press('Control+Enter');
  await expect(reviewer.getByRole('link', { name: /^督2026-\d{4}$/ })).toBeVisible();
  await reviewer.keyboard.press('Escape');
  await press(reviewer, '结束会议');
  await expect(reviewer).toHaveURL(/\/minutes$/);
  await expect(reviewer.getByText('月底前完成用地交付。')).toBeVisible();
  await expectAccessible(reviewer);
  await shoot(reviewer, 'minutes');
});

test('what is typed into a short act stays on the device until it is done', async ({ browser }) => {
  test.setTimeout(60_000);
  const reviewer = await enter(browser, 'drc.reviewer1');
  await openProject(reviewer, 'SZ-0281');
  const dialog = reviewer.getByRole('dialog');
  const restored = dialog.getByText(/^已恢复您 .+ 填写、尚未保存的内容/);

  await press(reviewer, '督办');
  await expect(restored).toBeHidden();
  const first = await dialog.getByLabel('督办要求').inputValue();
  await dialog.getByLabel('督办要求').fill('十日内书面说明开工条件。');
  await reviewer.reload();
  await press(reviewer, '督办');
  await expect(restored).toBeVisible();
  await expect(dialog.getByLabel('督办要求')).toHaveValue('十日内书面说明开工条件。');
  await expectAccessible(reviewer);
  await shoot(reviewer, 'order-restored');
  // The line is gone for a moment: the words stay, and the refusal says so.
  await reviewer.context().setOffline(true);
  await dialog.getByRole('button', { name: '发出', exact: true }).click();
  await expect(dialog.getByRole('alert').first()).toBeVisible();
  await expect(dialog.getByLabel('督办要求')).toHaveValue('十日内书面说明开工条件。');
  await reviewer.context().setOffline(false);
  await dialog.getByRole('button', { name: '发出', exact: true }).click();
  await expect(dialog).toBeHidden();
  await press(reviewer, '督办');
  await expect(dialog.getByLabel('督办要求')).toHaveValue(first);
  await expect(restored).toBeHidden();
});
