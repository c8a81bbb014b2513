import type { Page } from '@playwright/test';
import { expect, expectAccessible, password, test } from './test';

async function signIn(page: Page, username: string, secret = password()) {
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码').fill(secret);
  await page.getByRole('button', { name: '登录' }).click();
}

test('one is led to the sign-in page and back to where one wanted', async ({ page }) => {
  await page.goto('/me?from=mail');
  await expect(page).toHaveURL(/\/sign-in\?return=/);
  await signIn(page, 'manager');
  await expect(page).toHaveURL('/me?from=mail');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('账号与密码');
});

test('a way back to another site is not taken', async ({ page, baseURL }) => {
  await page.goto('/sign-in?return=//elsewhere.invalid/me');
  await signIn(page, 'manager');
  await expect(page.locator('main#main')).toBeVisible();
  expect(new URL(page.url()).origin).toBe(baseURL);
});

test('a wrong password is told without saying which was wrong', async ({ page }) => {
  await page.goto('/sign-in');
  await signIn(page, 'manager', 'not the password');
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('密码')).toHaveValue('');
  await expectAccessible(page);
});

test('after signing out nothing is left to see, not even going back', async ({ page }) => {
  await page.goto('/me');
  await signIn(page, 'manager');
  await expect(page.locator('main#main')).toBeVisible();
  await page.goto('/nothing/here');
  await page.getByRole('button', { name: /的菜单/ }).click();
  await expectAccessible(page);
  await page.getByRole('menuitem', { name: '退出登录' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goBack();
  await expect(page).toHaveURL('/sign-in?return=/me');
});

test('a session that ended elsewhere leads to the sign-in page at the next request', async ({ page, context }) => {
  const followed = page.waitForResponse('**/api/v1/events'); // from then on nothing asks until the reader does
  await page.goto('/me');
  await signIn(page, 'manager');
  await expect(page.locator('main#main')).toBeVisible();
  await followed;
  await context.clearCookies();
  await page.getByLabel('当前密码').fill('a');
  await page.getByLabel('新密码', { exact: true }).fill('b');
  await page.getByLabel('再次输入新密码').fill('b');
  await page.getByRole('button', { name: '修改密码' }).click();
  await expect(page).toHaveURL('/sign-in?return=/me');
});

test.describe('signed in', () => {
  test.use({ as: 'manager' });

  test('language and theme are kept for the next visit', async ({ page }) => {
    await page.goto('/me');
    await page.getByRole('button', { name: 'English' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Account and password');
    await page.getByRole('button', { name: 'Switch to dark' }).click();
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(page).toHaveTitle(/Account and password/);
  });

  test('the keyboard reaches the content at once', async ({ page }) => {
    await page.goto('/me', { waitUntil: 'networkidle' });
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: '跳到正文' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.locator('main')).toBeFocused();
  });

  test('a lost connection is told and its return noticed', async ({ page, context }) => {
    await page.goto('/me', { waitUntil: 'networkidle' });
    await context.setOffline(true);
    await expect(page.getByText(/正在重新连接/)).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByText(/正在重新连接/)).toBeHidden();
  });

  test('the two new passwords must be the same', async ({ page }) => {
    await page.goto('/me');
    await page.getByLabel('当前密码').fill('a');
    await page.getByLabel('新密码', { exact: true }).fill('one');
    await page.getByLabel('再次输入新密码').fill('two');
    await page.getByRole('button', { name: '修改密码' }).click();
    await expect(page.getByRole('alert')).toBeFocused();
    await page.getByRole('alert').getByRole('link').click();
    await expect(page.getByLabel('再次输入新密码')).toBeFocused();
    await expectAccessible(page);
  });
});
