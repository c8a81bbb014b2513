import type { Page } from '@playwright/test';
import { choose, expect, expectAccessible, project, projects, rows, test } from './kit';

const views = (page: Page) => page.getByRole('navigation', { name: '已存视图' });
const total = (page: Page) => page.getByText(/^[\d,]+ 个项目$/);
const headings = async (page: Page) => (await page.getByRole('columnheader').allInnerTexts()).map((text) => text.split(/\s/)[0]).filter(Boolean);

test.describe('a filter is kept under a name', () => {
  test.use({ as: 'drc.reviewer2' });

  test('shared, opened by somebody else, changed by its owner alone', async ({ page, open }) => {
    const name = `宝安水务 ${Date.now() % 100000}`;
    await page.goto('/projects?category=water&district=440306&sort=name');
    await views(page).getByRole('button', { name: '保存为视图' }).click();
    const dialog = page.getByRole('dialog', { name: '保存为视图' });
    await dialog.getByLabel('视图名称').fill(name);
    await dialog.getByLabel(/共享给所有/).check();
    await dialog.getByRole('button', { name: '保存' }).click();
    await expect(views(page).getByRole('link', { name })).toHaveAttribute('aria-current', 'true');
    const count = await total(page).innerText();

    const other = await open('sz-health.editor', '/projects');
    await expect(total(other)).not.toHaveText(count);
    await views(other).getByRole('link', { name }).click();
    await expect(other).toHaveURL(/category=water&district=440306&sort=name/);
    await expect(total(other)).toHaveText(count);
    await expect(views(other).getByRole('button', { name: '管理视图' })).toHaveCount(0);
    await other.goto('/projects');
    await views(other).getByRole('link', { name: '我的项目' }).click();
    await expect(other).toHaveURL('/projects?mine=true');

    // Changed, it says so until it is updated; on another page of the same filter too.
    await page.getByRole('search', { name: '筛选项目' }).getByRole('button', { name: '清除“所在区”' }).click();
    await expect(views(page)).toContainText('当前筛选已改动');
    await views(page).getByRole('button', { name: '更新此视图' }).click();
    await expect(views(page)).not.toContainText('当前筛选已改动');
    await views(other).getByRole('link', { name: '全部项目' }).click();
    await other.reload();
    await views(other).getByRole('link', { name }).click();
    await expect(other).toHaveURL(/category=water&sort=name/);
    await expect(other).not.toHaveURL(/district/);

    await views(page).getByRole('button', { name: '管理视图' }).click();
    await page.getByRole('menuitem', { name: '移除' }).click();
    await expect(views(page).getByRole('link', { name })).toHaveCount(0);
  });
});

test.describe('the columns are the reader’s own', () => {
  test.use({ as: 'manager' });

  test('chosen, moved and widened by keyboard, and still there afterwards', async ({ page }) => {
    await page.goto('/projects');
    await expect(rows(page).first()).toBeVisible();
    expect(await page.evaluate(() => document.querySelector('.ui-grid')?.scrollWidth ?? 0)).toBeLessThanOrEqual(await page.evaluate(() => document.querySelector('.ui-grid')?.clientWidth ?? 0));
    await page.getByRole('button', { name: '列', exact: true }).click();
    const settings = page.getByRole('dialog', { name: '列设置' });
    await settings.getByLabel('建设单位', { exact: true }).check();
    await settings.getByLabel('形象进度', { exact: true }).uncheck();
    await settings.getByRole('button', { name: '“责任单位”前移' }).press('Enter');
    await settings.getByRole('button', { name: '固定“阶段”' }).press('Enter');
    for (let press = 0; press < 20; press += 1) await settings.getByRole('button', { name: '“建设单位”变宽' }).press('Enter');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    const chosen = ['项目名称', '阶段', '最大偏差', '下一里程碑', '亮灯', '责任单位', '投资', '建设单位'];
    await expect.poll(() => headings(page)).toEqual(chosen);
    await page.reload();
    await expect.poll(() => headings(page)).toEqual(chosen);

    const beyond = page.getByRole('button', { name: /^还有 \d 列$/ });
    await beyond.click();
    await expect(page.getByRole('columnheader', { name: '建设单位' })).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole('columnheader', { name: '阶段' }), 'pinned').toBeInViewport({ ratio: 1 });
    await page.getByRole('button', { name: '列', exact: true }).click();
    await settings.getByRole('button', { name: '恢复默认' }).click();
    await page.keyboard.press('Escape');
    await expect.poll(() => headings(page)).toEqual(['项目名称', '阶段', '最大偏差', '下一里程碑', '形象进度', '亮灯', '投资', '责任单位']);
  });
});

test.describe('many projects at once', () => {
  test.use({ as: 'drc.reviewer1' });

  test('are handed over after a preview; what changed meanwhile is left alone, and the rest goes back', async ({ page, open }) => {
    const filter = { category: 'water', district: '440306', sort: 'code' };
    const [first, second, third] = await projects(page.request, filter);
    await page.goto('/projects?category=water&district=440306&sort=code');
    await rows(page).nth(0).getByRole('checkbox').click();
    await rows(page).nth(2).getByRole('checkbox').click({ modifiers: ['Shift'] });
    const bar = page.getByRole('region', { name: '批量操作' });
    await expect(bar).toContainText('已选 3 项');
    await bar.getByRole('button', { name: '移交责任单位' }).click();
    const dialog = page.getByRole('dialog');
    await choose(page, '移交给', '深圳市水务局');

    // Meanwhile its bureau writes to the second.
    const bureau = await open(`${second?.owner.code}.editor`, '/projects');
    const written = await bureau.request.patch(`/api/v1/projects/${second?.id}`, { headers: { 'If-Match': `"${second?.version}"` }, data: { constructionUnit: '宝安水务建设公司' } });
    expect(written.ok()).toBe(true);

    await dialog.getByRole('button', { name: '预览' }).click();
    await expect(dialog).toContainText('不能变更 1 项');
    await expect(dialog).toContainText('将变更 2 项');
    await expectAccessible(page);
    expect((await project(page.request, first?.code ?? '')).owner.code, 'a preview changes nothing').toBe(first?.owner.code);
    await dialog.getByRole('button', { name: '确认变更 2 项' }).click();
    await expect(dialog).toContainText('已变更 2 项');
    for (const [row, owner] of [[first, 'sz-water'], [second, second?.owner.code], [third, 'sz-water']] as const) {
      expect((await project(page.request, row?.code ?? '')).owner.code).toBe(owner);
    }
    await dialog.getByRole('button', { name: /^撤销/ }).click();
    await expect(page.getByText('已移交回 2 项')).toBeVisible();
    expect((await project(page.request, third?.code ?? '')).owner.code).toBe(third?.owner.code);
    await expect(bar).toHaveCount(0);
  });

  test('are chosen with the keyboard, and all of the filter with the count said', async ({ page }) => {
    await page.goto('/projects?category=water');
    const count = (await total(page).innerText()).replace(' 个项目', '');
    await rows(page).first().getByRole('link').focus();
    await page.keyboard.press('x');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+X');
    const bar = page.getByRole('region', { name: '批量操作' });
    await expect(bar).toContainText('已选 2 项');
    await bar.getByRole('button', { name: `选择全部 ${count} 项` }).click();
    await expect(bar).toContainText(`已选 ${count} 项`);
    await bar.getByRole('button', { name: '取消选择' }).click();
    await expect(bar).toHaveCount(0);
  });
});

test.describe('a fact is changed where it stands', () => {
  test.use({ as: 'baoan-water.editor' });

  test('by its bureau alone, and never over what somebody else has just written', async ({ page, open }) => {
    const target = (await projects(page.request, { mine: 'true' })).at(-1);
    await page.goto(`/projects?q=${target?.code}`);
    await page.getByRole('button', { name: '列', exact: true }).click();
    await page.getByRole('dialog').getByLabel('建设单位', { exact: true }).check();
    await page.keyboard.press('Escape');
    const cell = rows(page).first().getByRole('button', { name: /可修改$/ }).last();
    await cell.press('Enter');
    const field = page.getByRole('dialog', { name: '修改建设单位' }).getByLabel('建设单位');
    await field.fill('我填的单位');

    const lead = await open('baoan-water.lead', '/projects');
    const now = await project(lead.request, target?.code ?? '');
    const written = await lead.request.patch(`/api/v1/projects/${now.id}`, { headers: { 'If-Match': `"${now.version}"` }, data: { constructionUnit: '先填的单位' } });
    expect(written.ok()).toBe(true);

    await field.press('Enter');
    await expect(page.getByRole('alert')).toContainText('先填的单位');
    expect((await project(page.request, now.code)).constructionUnit).toBe('先填的单位');
    await expect(field).toHaveValue('我填的单位');
    await expectAccessible(page);
    await field.press('Enter');
    await expect(rows(page).first()).toContainText('我填的单位');
    expect((await project(page.request, now.code)).constructionUnit).toBe('我填的单位');

    const foreign = await open('sz-health.editor', `/projects?q=${now.code}`);
    await expect(rows(foreign).first()).toBeVisible();
    await expect(foreign.getByRole('button', { name: /可修改$/ })).toHaveCount(0);
  });
});
