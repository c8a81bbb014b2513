import type { Page } from '@playwright/test';
import { expect, project, test } from './kit';

// Chinese in an English page is data: names of projects, units and places that have no
// English name. Everything the program itself says is English, but for the way back.
const han = /\p{Script=Han}/u;
const messageKey = /\b(?:app|audit|dashboard|detail|pipeline|project|session|stage|standing|target|ui|user)\.[a-z]\w*(?:\.\w+)*\b/;

/** Texts and labels on the page, without those of which every Chinese part is data. */
async function untranslated(page: Page, data: Set<string>): Promise<string[]> {
  const said = await page.evaluate(() => {
    const texts: string[] = [];
    document.querySelectorAll('noscript').forEach((element) => element.remove());
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) texts.push(walker.currentNode.textContent ?? '');
    const attributes = ['aria-label', 'placeholder', 'title', 'alt'];
    for (const element of document.querySelectorAll('*')) {
      for (const name of attributes) texts.push(element.getAttribute(name) ?? '');
    }
    return texts.map((text) => text.trim()).filter(Boolean);
  });
  const known = [...data].sort((one, other) => other.length - one.length);
  const withoutData = (text: string) => known.reduce((rest, name) => rest.replaceAll(name, ''), text);
  const wayBack = '中文';
  return said.filter((text) => text !== wayBack && (messageKey.test(text) || (han.test(text) && han.test(withoutData(text)))));
}

/** Every Chinese string in what the server sent to the page. */
function gather(page: Page): Set<string> {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value === 'string' && han.test(value)) found.add(value).add(value.charAt(0)); // the first letter is the avatar
    else if (value !== null && typeof value === 'object') Object.values(value).forEach(walk);
  };
  page.on('response', async (answer) => {
    if (answer.url().includes('/api/v1/')) walk(await answer.json().catch(() => null));
  });
  return found;
}

test.use({ as: 'drc.reviewer1' });

test('the English pages speak English', async ({ page }) => {
  const { id } = await project(page.request, 'SZ-0001');
  await page.goto('/me');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Account and password');
  const data = gather(page);
  for (const path of ['/projects', '/projects?category=water', `/projects/${id}`, '/pipeline', '/dashboard']) {
    await page.goto(path, { waitUntil: 'networkidle' });
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect.soft(await untranslated(page, data), path).toEqual([]);
  }
});
