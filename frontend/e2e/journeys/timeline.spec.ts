import type { Page } from '@playwright/test';
import { expect, expectAccessible, narrow, project, projects, rows, test } from './kit';
import { shoot } from '../shots';

test.use({ as: 'manager' });

const timeline = (page: Page) => page.getByRole('grid', { name: '项目时间轴' });
const line = (page: Page, name: string) => timeline(page).getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
const total = (page: Page) => page.getByText(/^[\d,]+ 个项目$/);

test('a filter goes along to the timeline, where a slip is read with the keyboard alone', async ({ page, open }) => {
  const work = await project(page.request, 'SZ-0119');
  const bureau = await open(`${work.owner.code}.editor`, '/work');
  const answer = await bureau.request.post(`/api/v1/projects/${work.id}/milestones`, {
    data: {
      kind: 'start',
      name: '主体工程开工',
      baseline: { date: '2027-03-31', precision: 'day' },
      forecast: { date: '2027-09-30', precision: 'quarter' },
      reasonCode: 'land',
      reasonText: '用地批复推迟，土地尚未交付',
    },
  });
  expect(answer.status()).toBe(201);

  await page.goto('/projects');
  await narrow(page, '类别', '水务');
  await expect(page).toHaveURL('/projects?category=water');
  await expect(rows(page).first()).toBeVisible();
  const listed = await total(page).innerText();
  await page.getByRole('navigation', { name: '视图' }).getByRole('link', { name: '时间轴' }).click();
  await expect(page).toHaveURL('/timeline?category=water');
  await expect(total(page)).toHaveText(listed);
  const water = await projects(page.request, { category: 'water' });
  await expect(timeline(page).getByRole('rowheader').getByRole('link').first()).toHaveText(water[0]?.name ?? '');
  await expect(timeline(page)).toHaveAttribute('aria-rowcount', String(water.length + 1));

  await page.keyboard.press('+');
  await expect(page).toHaveURL('/timeline?category=water&zoom=quarter');
  await expect(page.getByRole('radio', { name: '季' })).toBeChecked();
  await page.keyboard.press('-');
  await page.keyboard.press('-');
  await expect(page).toHaveURL('/timeline?category=water&zoom=decade');

  await timeline(page).getByRole('link').first().focus();
  for (let row = 1; row <= water.findIndex(({ id }) => id === work.id); row += 1) await page.keyboard.press('ArrowDown');
  await expect(line(page, work.name).getByRole('link')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  const mark = line(page, work.name).getByRole('button', { name: '主体工程开工，预计 2027年三季度，晚 183 天' });
  await expect(mark).toBeFocused();
  const card = page.getByRole('tooltip');
  for (const words of ['原基准', '2027-03-31', '2027年三季度', '晚 183 天', '用地']) await expect(card).toContainText(words);
  await expect(mark).toHaveAccessibleDescription(/2027年三季度/);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();

  await line(page, work.name).getByRole('link').click();
  await expect(page).toHaveURL(`/timeline?category=water&open=${work.id}&zoom=decade`);
  await expect(page.getByRole('dialog', { name: work.name })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL('/timeline?category=water&zoom=decade');
  await line(page, work.name).getByRole('link').press('Enter');
  await expect(page).toHaveURL(`/projects/${work.id}`);
});

test('the order of the list is the order of the timeline, and the wheel looks closer', async ({ page }) => {
  await page.goto('/timeline?sort=-name');
  const names = (await projects(page.request, { sort: '-name' })).slice(0, 5).map(({ name }) => name);
  const links = timeline(page).getByRole('rowheader').getByRole('link');
  await expect(links.first()).toBeVisible();
  expect((await links.allInnerTexts()).slice(0, 5)).toEqual(names);
  await timeline(page).hover({ position: { x: 700, y: 300 } });
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -100);
  await page.keyboard.up('Control');
  await expect(page).toHaveURL('/timeline?sort=-name&zoom=quarter');
  const left = () => timeline(page).evaluate((element) => element.scrollLeft);
  const before = await left();
  await page.mouse.down();
  await page.mouse.move(500, 500, { steps: 4 });
  await page.mouse.up();
  expect(await left(), 'dragging to the left shows what comes later').toBeGreaterThan(before);
});

test('a district of the map is a filter, and its number that of the list', async ({ page }) => {
  await page.goto('/timeline?category=water');
  await page.getByRole('navigation', { name: '视图' }).getByRole('link', { name: '地图' }).click();
  await expect(page).toHaveURL('/map?category=water');
  const map = page.getByRole('group', { name: '各区示意图' });
  const baoan = map.getByRole('button', { name: /^宝安区：/ });
  await baoan.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/map?category=water&district=440306');
  await expect(baoan).toHaveAttribute('aria-pressed', 'true');
  const listed = await projects(page.request, { category: 'water', district: '440306' });
  await expect(baoan).toHaveAccessibleName(new RegExp(`^宝安区：${listed.length} 个项目`));
  const panel = page.getByRole('region', { name: '项目', exact: true });
  await expect(panel.getByRole('link').first()).toBeVisible();
  expect(await panel.getByRole('link').allInnerTexts(), 'a corridor is among them').toEqual(
    (await projects(page.request, { category: 'water', district: '440306', sort: '' })).map(({ name }) => name),
  );
  await expectAccessible(page);

  await panel.getByRole('link').first().click();
  await expect(page).toHaveURL(/open=\d+/);
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await baoan.press('Enter');
  await expect(page).toHaveURL('/map?category=water');
});

test('what lies nowhere waits in a tray, and a corridor lights the districts it crosses', async ({ page }) => {
  await page.goto('/map');
  const placeless = await projects(page.request, { district: 'none' });
  const tray = page.getByRole('button', { name: new RegExp(`^未落位：${placeless.length} 个项目`) });
  await tray.click();
  await expect(page).toHaveURL('/map?district=none');
  await expect(tray).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('tab', { name: '项目', exact: false }).first()).toContainText(String(placeless.length));
  await page.goto('/projects?district=none');
  await expect(total(page)).toHaveText(`${placeless.length} 个项目`);
  await expect(page.getByRole('button', { name: /所在区.*未落位/ }).first()).toBeVisible();

  await page.goto('/map');
  await page.getByRole('button', { name: /^\d+ 个跨区项目在各区分别计数，全市只计一次$/ }).click();
  const corridor = page.getByRole('region', { name: '跨区项目' }).getByRole('button').first();
  await corridor.click();
  await expect(corridor).toHaveAttribute('aria-pressed', 'true');
  const crossed = Number((await corridor.innerText()).match(/跨 (\d+) 个区/)?.[1]);
  await expect(page.locator('.district.is-on')).toHaveCount(crossed);
  await expect(page.locator('.district-line circle')).toHaveCount(crossed);
});

test("the browser's own print lays all loaded rows on A4 across, and says what is missing", async ({ page }) => {
  await page.goto('/timeline', { waitUntil: 'networkidle' });
  await expect(timeline(page).getByRole('row').nth(5)).toBeVisible();
  const all = Number.parseInt(await total(page).innerText(), 10);
  const paper = await page.pdf({ preferCSSPageSize: true });
  const text = paper.toString('latin1');
  expect(text, 'A4 across').toMatch(/\/MediaBox\s*\[0 0 84[12]\.?\d* 59[45]/);
  expect((text.match(/\/Type\s*\/Page\b/g) ?? []).length, 'more rows than one sheet holds').toBeGreaterThan(5);

  // The same moment, looked at: what the browser asks for before it prints.
  await page.evaluate(() => void dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  const sheet = page.locator('.paper');
  const printed = await sheet.locator('tbody tr').count();
  expect(printed).toBeGreaterThanOrEqual(100);
  await expect(sheet.getByText(`本次打印 ${printed} 个项目，共 ${all} 个`)).toBeVisible();
  await expect(sheet.getByText(/^仅含已载入的项目/)).toHaveCount(printed < all ? 1 : 0);
  await expect(sheet.locator('thead')).toHaveCSS('display', 'table-header-group');
  await page.setViewportSize({ width: 1047, height: 718 });
  await shoot(page, 'timeline-print');
  await page.evaluate(() => void dispatchEvent(new Event('afterprint')));
  await expect(sheet).toHaveCount(0);
});
