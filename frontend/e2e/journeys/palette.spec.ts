import type { Page } from '@playwright/test';
import { expect, expectAccessible, project, test } from './kit';

// Going anywhere with the keyboard alone.

const line = (page: Page) => page.getByRole('combobox', { name: '搜索或跳转' });
const entry = (page: Page, name: string | RegExp) => page.getByRole('option', { name });

async function ask(page: Page, text: string) {
  await page.keyboard.press('Control+k');
  await expect(line(page)).toBeFocused();
  await page.keyboard.type(text);
}

test.describe('a manager', () => {
  test.use({ as: 'manager' });

  test('finds a project by its code, its name, its initials, and comes back to it', async ({ page }) => {
    await page.goto('/dashboard', { waitUntil: 'networkidle' });
    const { id, name, code } = await project(page.request, 'SZ-0283');
    await ask(page, code);
    await expect(entry(page, new RegExp(name))).toHaveAttribute('aria-selected', 'true');
    await expect(line(page)).toHaveAttribute('aria-activedescendant', /project-/);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(`/projects/${id}`);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(name);

    await ask(page, name.slice(1, 4));
    await expect(entry(page, new RegExp(name))).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(line(page)).toBeHidden();

    await page.goto('/changes', { waitUntil: 'networkidle' });
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('group', { name: '最近打开' }).getByRole('option', { name: new RegExp(name) })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(`/projects/${id}`);
  });

  test('goes to an owner’s projects, a column’s, a page, and acts', async ({ page }) => {
    await page.goto('/projects', { waitUntil: 'networkidle' });
    await ask(page, 'baqswj');
    await expect(entry(page, /^宝安区水务局/)).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/projects\?ownerTree=baoan-water/);

    await ask(page, '12');
    await expect(page.getByRole('group', { name: '专栏' }).getByRole('option').first()).toContainText('专栏 12');
    await page.keyboard.press('Escape');

    await ask(page, 'cndx');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/fulfilment');

    const theme = await page.locator('html').getAttribute('data-theme');
    await ask(page, 'dark');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).not.toHaveAttribute('data-theme', theme ?? '');

    await page.keyboard.press('Control+k');
    await page.keyboard.type('没有这样的东西');
    await expect(page.getByText('没有找到“没有这样的东西”').first()).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
  });

  test('Enter waits for the answer to what was typed last', async ({ page }) => {
    await page.goto('/dashboard', { waitUntil: 'networkidle' });
    const { id } = await project(page.request, 'SZ-0284');
    await page.route('**/api/v1/search*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 600));
      await route.continue();
    });
    await ask(page, 'SZ-0284');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(`/projects/${id}`);
  });

  test('the focus comes back to where it was', async ({ page }) => {
    await page.goto('/projects', { waitUntil: 'networkidle' });
    const box = page.getByRole('button', { name: /^搜索或跳转/ });
    await box.focus();
    await page.keyboard.press('Enter');
    await expect(line(page)).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(box).toBeFocused();
  });

  test('single keys lead everywhere, and can be switched off', async ({ page }) => {
    await page.goto('/dashboard', { waitUntil: 'networkidle' });
    await page.keyboard.press('?');
    const list = page.getByRole('dialog', { name: '键盘快捷键' });
    await expect(list.getByText('项目库', { exact: true })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await expect(page).toHaveURL('/projects');
    await expect(page.getByRole('table', { name: '项目库' })).toBeVisible();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('j');
    const name = (await page.locator(':focus').textContent()) ?? '';
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name }).first()).toBeVisible();

    await page.goto('/me', { waitUntil: 'networkidle' });
    await page.getByRole('radiogroup', { name: '单键快捷键' }).getByText('关', { exact: true }).click();
    await page.locator('h1').click();
    await page.keyboard.press('?');
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.keyboard.press('Control+k');
    await expect(line(page)).toBeFocused();
    await expect(page).toHaveURL('/me');
    await expect(page.getByRole('dialog', { name: '键盘快捷键' })).toHaveCount(0);
  });

  test('days are written as the reader chose, on every page and after a reload', async ({ page }) => {
    await page.goto('/me', { waitUntil: 'networkidle' });
    const styles = page.getByRole('radiogroup', { name: '日期' });
    await expect(styles.getByRole('radio', { name: '2026-11-23' })).toBeChecked();
    await styles.getByText('2026年11月23日').click();
    await page.goto('/timeline', { waitUntil: 'networkidle' });
    await expect(page.getByText(/今天 \d{4}年\d{1,2}月\d{1,2}日/).first()).toBeVisible();
    await page.goto('/me', { waitUntil: 'networkidle' });
    await expect(styles.getByRole('radio', { name: '2026年11月23日' })).toBeChecked();
    await styles.getByText('2026-11-23').click();
  });

  test('type and contrast are there before the first paint', async ({ page }) => {
    await page.goto('/me', { waitUntil: 'networkidle' });
    await page.getByRole('radiogroup', { name: '字号' }).getByText('特大').click();
    await page.getByRole('radiogroup', { name: '对比度' }).getByText('高').click();
    const size = () => page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
    expect(await size()).toBe('20px');
    await page.addInitScript(() => document.addEventListener('readystatechange', () => (window.name ||= document.documentElement.dataset['text'] ?? 'none')));
    await page.goto('/projects', { waitUntil: 'networkidle' });
    expect(await page.evaluate(() => window.name)).toBe('larger');
    expect(await size()).toBe('20px');
    await expectAccessible(page, 'color-contrast', 'color-contrast-enhanced');
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});

test('an administrator finds pages and acts, and no project', async ({ open }) => {
  const page = await open('sysadmin', '/admin/users');
  await expect(page.getByRole('table')).toBeVisible();
  await ask(page, '水务');
  await expect(page.getByText('没有找到“水务”').first()).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('tuichu');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('tc');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/sign-in/);
});
