import type { Page } from '@playwright/test';
import { expect, narrow, projects, rows, test } from './kit';

test.use({ as: 'manager' });

/** The number of projects that the head of the list names. */
const total = (page: Page) => page.getByText(/^[\d,]+ 个项目$/);
const names = (page: Page) => rows(page).getByRole('link').allInnerTexts();

test('one filter gives the answer, and its address gives it to somebody else', async ({ page, open }) => {
  await page.goto('/projects');
  await narrow(page, '类别', '水务');
  await narrow(page, '所在区', '宝安区');
  await expect(page).toHaveURL('/projects?category=water&district=440306');

  const expected = (await projects(page.request, { category: 'water', district: '440306' })).map(({ name }) => name);
  await expect(total(page)).toHaveText(`${expected.length} 个项目`);
  await expect.poll(async () => (await names(page)).sort()).toEqual(expected.sort());
  expect(await projects(page.request, {}), 'the filter leaves something out').not.toHaveLength(expected.length);

  const other = await open('sz-health.editor', page.url());
  await expect(rows(other)).toHaveCount(expected.length);
  expect((await names(other)).sort()).toEqual(expected);
});

test('the totals are those of the projects listed', async ({ page }) => {
  await page.goto('/projects?category=water');
  await expect(total(page)).toBeVisible();
  const count = (await total(page).innerText()).replace(' 个项目', '');
  const figure = page.getByRole('definition').filter({ has: page.getByText('个', { exact: true }) });
  await expect(figure).toContainText(count);
  await expect(page.getByText(new RegExp(`^覆盖 [\\d,]+/${count} 项$`))).toBeVisible();
});

test('a number of the dashboard opens the projects it counted', async ({ page }) => {
  await page.goto('/dashboard');
  for (const label of ['前期', '罗湖区', '深圳市交通运输局', '水务']) {
    const number = page.getByRole('link', { name: new RegExp(`^[^：]*${label}[^：]*：[\\d,]+ 个项目，在列表中打开$`) }).first();
    const count = await number.innerText();
    await number.click();
    await expect(page).toHaveURL(/\/projects\?/);
    await expect(total(page), label).toHaveText(`${count} 个项目`);
    await page.goBack();
    await expect(page).toHaveURL('/dashboard');
  }
});

test('two characters or their initials find a project', async ({ page }) => {
  const [target] = await projects(page.request, { q: '海堤' });
  await page.goto('/projects');
  for (const words of ['海堤', 'xbhd']) {
    await page.getByRole('searchbox', { name: '名称、代码、单位或拼音' }).fill(words);
    await expect(page).toHaveURL(`/projects?q=${encodeURIComponent(words)}`);
    await expect(rows(page).filter({ hasText: target?.name ?? '' }).first(), words).toBeVisible();
    await expect.poll(() => rows(page).count(), words).toBeLessThan(20);
  }
});

test('going back takes the filter back, step by step', async ({ page }) => {
  await page.goto('/projects');
  const all = await total(page).innerText();
  await narrow(page, '类别', '水务');
  await expect(page).toHaveURL('/projects?category=water');
  const water = await page.getByText(/^[\d,]+ 个项目$/).innerText();
  await narrow(page, '所在区', '宝安区');
  await expect(total(page)).not.toHaveText(water);
  await rows(page).getByRole('link').first().click();
  await expect(page).toHaveURL(/\/projects\/\d+$/);
  await page.goBack();
  await expect(page).toHaveURL('/projects?category=water&district=440306');
  await expect(total(page)).not.toHaveText(water);
  await page.goBack();
  await expect(total(page)).toHaveText(water);
  await page.goBack();
  await expect(page).toHaveURL('/projects');
  await expect(total(page)).toHaveText(all);
});
