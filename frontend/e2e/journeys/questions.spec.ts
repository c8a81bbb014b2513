import type { Locator, Page } from '@playwright/test';
import { expect, project, projects, rows, test } from './kit';

// The questions people come with, answered as somebody new would: by what is written on
// the buttons. The presses are counted, so that no change makes an answer dearer unseen.
let presses = 0;
const press = async (what: Locator) => {
  presses += 1;
  await what.click();
};
const total = (page: Page) => page.getByText(/^[\d,]+ 个项目$/);
const views = (page: Page) => page.getByRole('navigation', { name: '已存视图' });
const shows = async (page: Page, filter: Record<string, string>) => {
  const expected = await projects(page.request, filter);
  await expect(total(page)).toHaveText(`${expected.length} 个项目`);
  return expected;
};

test.use({ as: 'manager' });
test.beforeEach(async ({ page }) => {
  presses = 0;
  await page.goto('/projects');
  await expect(total(page)).toBeVisible();
});

test('哪些水务项目晚于原基准三个月以上？谁负责？', async ({ page, open }) => {
  const lead = await open('sz-water.lead', '/work');
  const { id, milestones } = await project(lead.request, 'SZ-0107');
  const promise = milestones.find(({ kind }) => kind === 'plan_commitment');
  const late = await lead.request.patch(`/api/v1/projects/${id}/milestones/${promise?.id ?? 0}`, {
    headers: { 'If-Match': `"${promise?.version ?? 0}"` },
    data: { forecast: { date: '2031-06-30', precision: 'day' }, reasonCode: 'land', reasonText: '用地批复晚于计划，承诺顺延半年' },
  });
  expect(late.status(), await late.text()).toBe(200);
  await page.reload();
  await press(views(page).getByRole('link', { name: '滞后 90 天以上' }));
  await press(page.getByRole('search', { name: '筛选项目' }).getByRole('button', { name: '类别', exact: true }));
  await press(page.getByRole('option', { name: /^水务/ }).first());
  const answer = await shows(page, { category: 'water', lateBy: '91' });
  await page.keyboard.press('Escape');
  for (const { name, owner } of answer) await expect(rows(page).filter({ hasText: name })).toContainText(owner.shortName);
  expect(presses).toBeLessThanOrEqual(3);
});

test('哪些红灯项目还没有督办？', async ({ page }) => {
  await press(views(page).getByRole('link', { name: '红灯未督办' }));
  await shows(page, { ruleLight: 'red', supervision: 'unordered' });
  expect(presses).toBe(1);
});

test('哪些项目的月报逾期？哪个单位最多？', async ({ page }) => {
  await press(views(page).getByRole('link', { name: '月报逾期' }));
  await shows(page, { report: 'late' });
  await press(page.getByRole('search', { name: '筛选项目' }).getByRole('button', { name: '责任单位', exact: true }));
  await expect(page.getByRole('dialog', { name: '责任单位' })).toBeVisible();
  expect(presses).toBe(2);
});

test('宝安区今年的投资计划完成了多少？', async ({ page }) => {
  await press(page.getByRole('navigation').getByRole('link', { name: '年度投资' }));
  await press(page.getByRole('search', { name: '筛选项目' }).getByRole('button', { name: '所在区', exact: true }));
  await press(page.getByRole('option', { name: /^宝安区/ }).first());
  await expect(page).toHaveURL(/\/investment\?.*district=440306/);
  await expect(page.getByText(/个项目已填$/).first()).toBeVisible();
  expect(presses).toBe(3);
});

test('一个项目现在到哪一步，谁负责，谁能改？', async ({ page }) => {
  const [target] = await projects(page.request, { q: '海堤' });
  await page.getByRole('searchbox', { name: '名称、代码、单位或拼音' }).fill('海堤');
  await press(rows(page).getByRole('link', { name: target?.name ?? '' }).first());
  await expect(page.getByRole('heading', { level: 1, name: target?.name ?? '' })).toBeVisible();
  await expect(page.getByText(target?.owner.name ?? '').first()).toBeInViewport();
  expect(presses).toBe(1);
});
