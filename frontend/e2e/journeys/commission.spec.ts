import type { Locator, Page } from '@playwright/test';
import { card, choose, expect, project, test } from './kit';

// How many projects stand in each stage, as the heads of the board's columns say.
async function counts(page: Page): Promise<Record<string, number>> {
  const heads = await page.getByRole('main').getByRole('heading', { level: 2 }).allInnerTexts();
  return Object.fromEntries(heads.map((head) => [head.replace(/[\s\d].*/s, ''), Number(/\d+/.exec(head)?.[0] ?? NaN)]));
}

/** Pauses, resumes or ends the project of the page, with what the dialog wants to know. */
async function act(page: Page, verb: string, fill: (dialog: Locator) => Promise<void>) {
  await page.getByRole('button', { name: '更多操作' }).click();
  await page.getByRole('menuitem', { name: verb }).click();
  const dialog = page.getByRole('dialog', { name: verb });
  await fill(dialog);
  await dialog.getByRole('button', { name: verb }).click();
  await expect(dialog).toBeHidden();
}

test.use({ as: 'drc.reviewer1' });

test('a derived stage is put right with reason and evidence, and not without', async ({ page }) => {
  const { name, owner } = await project(page.request, 'SZ-0100');
  await page.goto(`/pipeline?owner=${owner.code}`);
  await expect(page.getByRole('article').filter({ hasText: name })).toBeVisible();
  const before = await counts(page);

  await page.getByRole('button', { name: `调整“${name}”的阶段` }).click();
  const dialog = page.getByRole('dialog', { name: '调整阶段' });
  await dialog.getByRole('radio', { name: '建成' }).check();
  await dialog.getByLabel('理由').fill('竣工验收已经通过');
  await dialog.getByRole('button', { name: '确认调整' }).click();
  await expect(dialog.getByRole('alert')).toContainText('更正为后续阶段须写明依据文件');
  await expect(dialog.getByLabel('依据文件')).toHaveAccessibleDescription(/更正为后续阶段须写明依据文件$/);
  await expect(dialog.getByLabel('理由'), 'nothing typed is lost').toHaveValue('竣工验收已经通过');

  await dialog.getByLabel('依据文件').fill('竣工验收备案 2026-118');
  await dialog.getByRole('button', { name: '确认调整' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: '已调整到建成阶段' })).toBeVisible();
  await expect(page.getByRole('region', { name: '建成' }).getByRole('article').filter({ hasText: name })).toBeVisible();
  await expect
    .poll(() => counts(page))
    .toEqual({ ...before, 实施: (before['实施'] ?? 0) - 1, 建成: (before['建成'] ?? 0) + 1 });
});

test('a project is paused and goes on', async ({ page }) => {
  const { id } = await project(page.request, 'SZ-0101');
  await page.goto(`/projects/${id}`);
  await act(page, '暂停项目', async (dialog) => {
    await dialog.getByRole('button', { name: '暂停项目' }).click();
    await expect(dialog.getByRole('alert')).toContainText('请写明理由');
    await dialog.getByLabel('理由').fill('用海手续待批');
  });
  const banner = page.getByRole('region', { name: /项目已暂停/ });
  await expect(banner).toContainText('用海手续待批');
  await act(page, '恢复推进', (dialog) => dialog.getByLabel('理由').fill('用海手续已批'));
  await expect(banner).toBeHidden();
  await expect(card(page, '变更记录')).toContainText('用海手续已批');
});

test('a project that ends keeps its page and takes no more changes', async ({ page, open }) => {
  const { id, name } = await project(page.request, 'SZ-0102');
  const heir = await project(page.request, 'SZ-0104');
  await page.goto(`/projects/${id}`);
  await act(page, '退出项目', async (dialog) => {
    await dialog.getByLabel('理由').fill('并入另一项目');
    await dialog.getByRole('button', { name: '退出项目' }).click();
    await expect(dialog.getByRole('alert')).toContainText('退出须写明依据文件');
    await dialog.getByLabel('依据文件').fill('市发改委会议纪要〔2026〕12 号');
    await dialog.getByLabel('退出方式').selectOption({ label: '合并' });
    await dialog.getByLabel('承接项目').fill(heir.code);
  });
  await expect(page.getByRole('region', { name: /项目已退出/ })).toContainText('市发改委会议纪要〔2026〕12 号');
  await expect(page.getByRole('main').getByRole('button', { name: /更多操作|调整阶段|移交/ })).toHaveCount(0);

  const { owner } = await project(page.request, 'SZ-0102');
  const theOwner = await open(`${owner.code}.lead`, `/projects/${id}`);
  await expect(theOwner.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(theOwner.getByRole('main').getByRole('button', { name: /编辑|新增|确认|移交|调整/ })).toHaveCount(0);
  const answer = await theOwner.request.patch(`/api/v1/projects/${id}`, { headers: { 'If-Match': '"2"' }, data: { summary: '再改' } });
  expect(answer.status()).toBe(409);
  await theOwner.getByRole('link', { name: `${heir.code} ${heir.name}` }).click();
  await expect(theOwner).toHaveURL(`/projects/${heir.id}`);
});

test('a project handed over is the new owner’s to change, and no longer the old one’s', async ({ page, open }) => {
  const { id, owner } = await project(page.request, 'SZ-0103');
  expect(owner.code).not.toBe('futian-water');
  await page.goto(`/projects/${id}`);
  await page.getByRole('button', { name: '移交责任单位' }).click();
  const dialog = page.getByRole('dialog', { name: '移交责任单位' });
  await choose(dialog, '移交给', '福田区水务局');
  await dialog.getByRole('button', { name: '确认移交' }).click();
  await expect(dialog).toBeHidden();
  await expect(card(page, '责任')).toContainText('福田区水务局');
  await expect(card(page, '责任')).not.toContainText('暂定');

  const before = await open(`${owner.code}.editor`, `/projects/${id}`);
  await expect(before.getByRole('note')).toContainText('福田区水务局');
  await expect(before.getByRole('button', { name: '编辑资料' })).toHaveCount(0);
  const after = await open('futian-water.editor', `/projects/${id}`);
  await expect(after.getByRole('button', { name: '编辑资料' })).toBeVisible();
});
