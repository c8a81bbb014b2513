import type { Page } from '@playwright/test';
import { expect, expectAccessible, narrow, project, projects, rows, test } from './kit';

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
