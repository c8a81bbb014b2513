import type { Page } from '@playwright/test';
import { card, expect, project, projects, rows, test } from './kit';

// What one person changes, another sees without doing anything; what is being typed stays.

/** Marks the page, so that a reload would show. */
const mark = (page: Page) => page.evaluate(() => document.body.setAttribute('data-same-page', ''));
const isSamePage = (page: Page) => expect(page.locator('body[data-same-page]')).toHaveCount(1);

/** The stream is open: from now on nothing is missed. */
async function listening(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/api/v1/instance')));
  await page.waitForLoadState('networkidle');
  await mark(page);
}

test('a new stage appears in the list, on the project’s page and on the board', async ({ open }) => {
  const list = await open('manager', '/projects?q=SZ-0109');
  const { id, name, version } = await project(list.request, 'SZ-0109');
  const page = await open('manager', `/projects/${id}`);
  const board = await open('drc.reviewer2', '/pipeline?q=SZ-0109');
  const readers = [list, page, board];
  await Promise.all(readers.map(listening));
  const reserve = board.getByRole('region', { name: /^储备/ });
  await expect(reserve.getByText(name)).toHaveCount(0);

  const commission = await open('drc.reviewer1', '/work');
  const moved = await commission.request.post(`/api/v1/projects/${id}/stage`, {
    headers: { 'If-Match': `"${version}"` },
    data: { to: 'reserve', reason: '重新论证建设规模', evidence: '' },
  });
  expect(moved.status(), await moved.text()).toBe(200);

  await expect(rows(list).first()).toContainText('储备');
  await expect(page.getByText('重新论证建设规模').first()).toBeVisible();
  await expect(reserve.getByText(name).first()).toBeVisible();
  await Promise.all(readers.map(isSamePage));
});

test('far down the list a change reads again what is in view, not all that was scrolled past', async ({ open }) => {
  const list = await open('manager', '/projects?sort=code');
  const [earlier, target] = (await projects(list.request, { q: 'SZ-03' })).filter(({ stage, standing }) => stage === 'implementation' && standing === 'active').slice(-2);
  const grid = list.getByRole('region', { name: '项目库' });
  const last = list.locator('[data-row="354"]');
  await expect(async () => {
    await grid.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await expect(last).toBeVisible({ timeout: 500 });
  }).toPass();
  await grid.evaluate((element, row) => element.scrollTo(0, element.scrollHeight * (row / 356)), Number(earlier?.code.slice(3)) - 5);
  const commission = await open('drc.reviewer1', '/work');
  const setBack = async (moving: typeof target) => {
    const row = rows(list).filter({ hasText: moving?.code ?? '' });
    await expect(row).toContainText('实施');
    const moved = await commission.request.post(`/api/v1/projects/${moving?.id}/stage`, {
      headers: { 'If-Match': `"${moving?.version}"` },
      data: { to: 'reserve', reason: '重新论证建设规模', evidence: '' },
    });
    expect(moved.status(), await moved.text()).toBe(200);
    await expect(row).toContainText('储备');
    await list.waitForLoadState('networkidle');
  };

  // A stream begins with what was told a moment ago: once this change is here, so is all that came before.
  await setBack(earlier);
  await listening(list);
  const asked: URLSearchParams[] = [];
  list.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === '/api/v1/projects') asked.push(searchParams);
  });
  await setBack(target);
  expect(asked.map((query) => query.has('cursor')), 'of three pages the first, with the total, and the one in view').toEqual([false, true]);
  expect(asked.map((query) => query.has('withTotal'))).toEqual([true, false]);
  await grid.evaluate((element) => element.scrollTo(0, 0));
  await expect(rows(list).first()).toContainText('SZ-0001');
  await list.waitForLoadState('networkidle');
  expect(asked, 'scrolled back, nothing is read again').toHaveLength(2);
  await isSamePage(list);
});

test('a milestone and a report appear where they are read, and the bell rings', async ({ open }) => {
  const lead = await open('longgang-water.lead', '/work');
  const mine = (await (await lead.request.get('/api/v1/projects', { params: { mine: 'true', stage: 'implementation' } })).json()) as { items: { id: number; name: string }[] };
  const { id = 0, name = '' } = mine.items[0] ?? {};
  expect(id, 'a project under construction').toBeGreaterThan(0);
  const page = await open('manager', `/projects/${id}`);
  const queue = await open('drc.reviewer1', '/review?owner=longgang-water');
  await Promise.all([page, queue, lead].map(listening));
  await expect(queue.getByRole('region', { name: '待审事项' }).getByText(name)).toHaveCount(0);

  const editor = await open('longgang-water.editor', '/work');
  const added = await editor.request.post(`/api/v1/projects/${id}/milestones`, { data: { kind: 'acceptance', name: '闸门联合验收' } });
  expect(added.status(), await added.text()).toBe(201);
  await expect(card(page, '里程碑').getByText('闸门联合验收')).toBeVisible();

  const today = new Date();
  const period = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
  const started = await editor.request.post(`/api/v1/projects/${id}/reports`, { data: { period } });
  expect(started.status(), await started.text()).toBe(201);
  const report = (await started.json()) as { id: number; version: number };
  const filled = await editor.request.patch(`/api/v1/reports/${report.id}`, {
    headers: { 'If-Match': `"${report.version}"` },
    data: {
      progress: '10', month: { value: '100' }, year: { value: '100' }, total: { value: '100' }, nextSteps: '继续施工', light: 'green',
      explanation: '前期工作经费，已按批复列支',
    },
  });
  expect(filled.status(), await filled.text()).toBe(200);
  const { version } = (await filled.json()) as { version: number };
  const submitted = await lead.request.post(`/api/v1/reports/${report.id}/submission`, { headers: { 'If-Match': `"${version}"` } });
  expect(submitted.status(), await submitted.text()).toBe(200);
  const waiting = queue.getByRole('region', { name: '待审事项' });
  await expect(waiting.getByText(name).first()).toBeVisible();

  const bell = lead.getByRole('link', { name: /^消息/ });
  await expect(bell).toHaveAccessibleName('消息');
  const { hash, version: handed } = (await submitted.json()) as { hash: string; version: number };
  const decided = await queue.request.post(`/api/v1/reports/${report.id}/decision`, {
    headers: { 'If-Match': `"${handed}"` },
    data: { action: 'return', hash, comment: '请补充形象进度说明' },
  });
  expect(decided.status(), await decided.text()).toBe(200);
  await expect(bell).toHaveAccessibleName(/1 条未读/);
  await expect(waiting.getByText(name)).toHaveCount(0);
  await Promise.all([page, queue, lead].map(isSamePage));
});

test('who is signed out elsewhere is led away at once', async ({ open }) => {
  const page = await open('sz-health.editor', '/projects');
  await listening(page);
  const left = await page.request.delete('/api/v1/session');
  expect(left.status()).toBe(204);
  await expect(page).toHaveURL(/\/sign-in/);
});

test('what is being typed stays while another saves, and after the page is gone', async ({ open }) => {
  const page = await open('baoan-water.editor', '/projects');
  const { id, version } = await project(page.request, 'SZ-0284');
  await page.goto(`/projects/${id}`);
  await page.getByRole('button', { name: /^编辑资料/ }).click();
  await listening(page);
  await page.getByLabel('建设单位').fill('宝安水务建设中心');
  await page.getByLabel('概述').fill('本单位正在填写的概况');

  const lead = await open('baoan-water.lead', '/work');
  const saved = await lead.request.patch(`/api/v1/projects/${id}`, {
    headers: { 'If-Match': `"${version}"` },
    data: { constructionUnit: '宝安区水务集团', internalNote: '负责人已核对' },
  });
  expect(saved.status(), await saved.text()).toBe(200);

  await expect(page.getByText('他人刚刚更新了这里的内容')).toBeVisible();
  await expect(page.getByLabel('建设单位')).toHaveValue('宝安水务建设中心');
  await page.getByRole('button', { name: '查看变化' }).click();
  const notice = page.getByRole('alert').filter({ hasText: '项目已被他人修改' });
  await expect(notice).toContainText('内部备注');
  await expect(notice).toContainText('宝安区水务集团');
  await notice.getByRole('button', { name: /^保留我的/ }).click();

  await test.step('a link asks before it leads away', async () => {
    await page.getByRole('link', { name: '项目库' }).first().click();
    const asked = page.getByRole('dialog', { name: /放弃/ });
    await expect(asked).toBeVisible();
    await asked.getByRole('button', { name: '继续编辑' }).click();
    await expect(page).toHaveURL(`/projects/${id}`);
    await expect(page.getByLabel('概述')).toHaveValue('本单位正在填写的概况');
  });

  await test.step('a closed tab loses nothing', async () => {
    await page.reload();
    await page.getByRole('button', { name: /^编辑资料/ }).click();
    await expect(page.getByText(/^已恢复您/)).toBeVisible();
    await expect(page.getByLabel('概述')).toHaveValue('本单位正在填写的概况');
    await page.getByRole('button', { name: '保存' }).click();
    await expect(page.getByLabel('概述')).toBeHidden();
  });
  const now = await project(page.request, 'SZ-0284');
  expect([now.constructionUnit, now.internalNote, now.summary]).toEqual(['宝安水务建设中心', '负责人已核对', '本单位正在填写的概况']);
});

test('a report survives a lost connection', async ({ open }) => {
  const page = await open('sz-water.editor', '/work');
  await page.getByRole('button', { name: /^开始填报/ }).first().click();
  await expect(page).toHaveURL(/\/reports\/\d+$/);
  await listening(page);
  const next = page.getByLabel(/^下步计划/);
  await next.fill('完成管槽开挖');
  await expect(page.getByText(/^已保存/)).toBeVisible();

  await page.context().setOffline(true);
  await expect(page.getByText('正在重新连接')).toBeVisible();
  await next.fill('完成管槽开挖，开始管道安装');
  await expect(page.getByText('内容已留在本机')).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByText('正在重新连接')).toBeHidden({ timeout: 15_000 });
  await expect(page.getByText(/^已保存/)).toBeVisible({ timeout: 15_000 });
  await isSamePage(page);

  await test.step('also when the tab is closed meanwhile', async () => {
    await page.context().setOffline(true);
    await next.fill('完成管槽开挖，开始管道安装与回填');
    await expect(page.getByText('内容已留在本机')).toBeVisible();
    await page.context().setOffline(false);
    await page.reload();
    await expect(next).toHaveValue('完成管槽开挖，开始管道安装与回填');
    await expect(page.getByText(/^已保存/)).toBeVisible({ timeout: 15_000 });
  });
});

test('a part of the page that the line lost comes all the same', async ({ open }) => {
  const page = await open('manager', '/projects');
  await page.waitForLoadState('networkidle');
  let lost = 0;
  await page.route(/\/assets\/[^/]+\.js$/, (route) => (lost++ === 0 ? route.abort('connectionreset') : route.continue()));
  await page.getByRole('button', { name: '列', exact: true }).click();
  await expect(page.getByRole('dialog', { name: '列设置' })).toBeVisible();
  expect(lost).toBeGreaterThan(1);
});
