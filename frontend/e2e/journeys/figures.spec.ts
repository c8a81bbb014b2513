import { readFile } from 'node:fs/promises';
import type { Download, Page } from '@playwright/test';
import { shoot } from '../shots';
import { expect, expectAccessible, narrow, test } from './kit';

test.use({ as: 'manager' });

/** The number of projects that the head of the list names. */
const total = (page: Page) => page.getByText(/^[\d,]+ 个项目$/);

/** Presses the export and gives what the browser was handed. */
async function exported(page: Page, kind: string): Promise<Download> {
  await page.getByRole('button', { name: '导出', exact: true }).click();
  const file = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: kind }).click();
  return file;
}

/** The notes and the lines of projects of a CSV file. */
async function readCsv(file: Download): Promise<{ notes: string; lines: string[] }> {
  const text = await readFile(await file.path(), 'utf8');
  expect(text.startsWith('\uFEFF'), 'spreadsheet programs read the Chinese').toBe(true);
  const [notes = '', table = ''] = text.split('\r\n\r\n');
  return { notes, lines: table.trim().split('\r\n').slice(1) };
}

test('a number of the dashboard is the list that it opens, and the file taken from there', async ({ page }) => {
  for (const name of [/^水务：/, /^宝安区：/, /^实施：/, /^对原基准 (无判断|按期)：/]) {
    await page.goto('/dashboard');
    const number = page.getByRole('link', { name }).first();
    const count = await number.innerText();
    await number.click();
    await expect(total(page)).toHaveText(`${count} 个项目`);
    const file = await exported(page, 'CSV 文本');
    expect(file.suggestedFilename()).toMatch(/^重大项目_\d{4}-\d{2}-\d{2}\.csv$/);
    const { notes, lines } = await readCsv(file);
    expect(lines, String(name)).toHaveLength(Number(count.replace(',', '')));
    expect(notes).toContain(`项目数,${Number(count.replace(',', ''))} 个`);
    expect(notes).toContain('筛选条件,');
  }
});

test('the workbook keeps the filter and the order of the list', async ({ page }) => {
  await page.goto('/projects?sort=-name');
  await narrow(page, '类别', '水务');
  await expect(page).toHaveURL(/category=water/);
  const file = await exported(page, 'Excel 工作簿');
  expect(file.suggestedFilename()).toMatch(/\.xlsx$/);
  const bytes = await readFile(await file.path());
  expect(bytes.subarray(0, 2).toString()).toBe('PK');
});

test('a column number tells what was promised', async ({ page }) => {
  await page.goto('/dashboard');
  await page.getByRole('button', { name: '专栏 13：逐项承诺' }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('link').first()).toBeVisible();
  await expect(drawer.getByText('目标：').first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
});

test('the cockpit keeps the filter, fits the wall, and says when it is cut off', async ({ page, context }) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto('/dashboard?category=water');
  await page.getByRole('link', { name: '驾驶舱' }).click();
  await expect(page).toHaveURL(/\/cockpit\?category=water/);
  await expect(page.getByText('数据更新于')).toBeVisible();
  await expect(page.getByRole('navigation')).toHaveCount(0);
  const fits = () => page.evaluate(() => [document.documentElement.scrollHeight <= innerHeight, document.documentElement.scrollWidth <= innerWidth]);
  expect(await fits()).toEqual([true, true]);
  await shoot(page, 'cockpit-wall');
  await page.setViewportSize({ width: 1366, height: 768 });
  expect(await fits()).toEqual([true, true]);
  await expectAccessible(page);

  await context.setOffline(true);
  await expect(page.getByRole('alert')).toContainText('连接中断');
});

test('a figure of a project tells its source', async ({ page }) => {
  await page.goto('/projects/1');
  await page.getByRole('button', { name: '数字来源' }).click();
  await expect(page.getByRole('dialog', { name: '数字来源' })).toBeVisible();
  await expectAccessible(page);
});
