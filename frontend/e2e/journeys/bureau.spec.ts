import type { Locator, Page } from '@playwright/test';
import { card, expect, narrow, password, project, rows, signIn, test } from './kit';

const editor = 'baoan-water.editor';

/** A date known to the day, in a field that also takes months, quarters and years. */
async function fillDay(within: Locator, label: string, day: string) {
  const field = within.getByRole('group', { name: label, exact: true });
  await field.getByLabel('精确到').selectOption('日');
  await field.getByLabel('日期').fill(day);
}

test('an editor brings a project up to date', async ({ page }) => {
  await page.goto('/projects');
  await signIn(page, editor, password());
  const { name, id } = await test.step('finds it among one’s own', async () => {
    await page.getByRole('button', { name: '我的项目' }).click();
    await narrow(page, '类别', '水务');
    await expect(page).toHaveURL('/projects?category=water&mine=true');
    await expect(rows(page)).toHaveCount(3);
    return project(page.request, 'SZ-0283');
  });
  await rows(page).getByRole('link', { name }).click();
  await expect(page).toHaveURL(`/projects/${id}`);

  await test.step('says who builds it', async () => {
    await page.getByRole('button', { name: '编辑资料' }).click();
    await page.getByLabel('建设单位').fill('宝安水务建设中心');
    await page.getByRole('button', { name: '保存' }).click();
    await expect(card(page, '责任').getByText('宝安水务建设中心')).toBeVisible();
  });

  const milestones = card(page, '里程碑');
  await test.step('adds a milestone with its baseline', async () => {
    await page.getByRole('button', { name: '新增里程碑' }).click();
    const dialog = page.getByRole('dialog', { name: '新增里程碑' });
    await dialog.getByLabel('类型').selectOption('竣工验收');
    await expect(dialog.getByLabel('名称')).toHaveValue('竣工验收');
    await fillDay(dialog, '原基准', '2028-06-30');
    await fillDay(dialog, '预计', '2028-06-30');
    await dialog.getByRole('button', { name: '保存' }).click();
    await expect(dialog).toBeHidden();
    const row = milestones.getByRole('row').filter({ hasText: '竣工验收' });
    await expect(row.getByRole('cell').nth(0)).toHaveText('2028-06-30');
    await expect(row.getByText('按期')).toHaveCount(2);
  });

  await test.step('moves its forecast past the baseline, and has to say why', async () => {
    await page.getByRole('button', { name: '编辑里程碑“竣工验收”' }).click();
    const dialog = page.getByRole('dialog', { name: '编辑里程碑“竣工验收”' });
    await dialog.getByRole('group', { name: '预计', exact: true }).getByLabel('日期').fill('2028-09-30');
    await expect(dialog.getByRole('status')).toContainText('预计晚 92 天');
    await dialog.getByRole('button', { name: '保存' }).click();
    await expect(dialog.getByRole('alert')).toContainText('请选择变动原因');
    await dialog.getByLabel('变动原因').selectOption('征拆');
    await dialog.getByLabel('情况说明').fill('还没谈妥');
    await dialog.getByRole('button', { name: '保存' }).click();
    await expect(dialog.getByRole('alert')).toContainText('请用不少于 10 个字说明情况');
    await dialog.getByLabel('情况说明').fill('沿线两栋房屋尚未签约，开挖顺延一个季度。');
    await dialog.getByRole('button', { name: '保存' }).click();
    await expect(dialog).toBeHidden();
    const row = milestones.getByRole('row').filter({ hasText: '竣工验收' });
    await expect(row.getByRole('cell')).toHaveText(['2028-06-30', '2028-06-30', '2028-09-30', '—', '晚 92 天', '晚 92 天']);
    await expect(row).toContainText('征拆 · 沿线两栋房屋尚未签约');
  });

  await test.step('and finds each change in the history, before and after', async () => {
    const entries = card(page, '变更记录').getByRole('listitem');
    const forecast = entries.filter({ hasText: '更新里程碑' }).filter({ hasText: '2028-09-30' });
    await expect(forecast).toContainText('“竣工验收”');
    await expect(forecast.getByRole('deletion')).toHaveText('2028-06-30');
    await expect(forecast.getByRole('insertion')).toContainText(['2028-09-30', '征拆']);
    const unit = entries.filter({ hasText: '建设单位' });
    await expect(unit.getByRole('insertion')).toHaveText('宝安水务建设中心');
    await expect(unit).toContainText(editor);
  });
});

test.describe('somebody else’s project', () => {
  test.use({ as: editor });

  test('is read, not changed: by no button and by no other road', async ({ page, open }) => {
    const { id, version, owner } = await project(page.request, 'SZ-0286');
    expect(owner.code, 'another bureau’s').not.toBe('baoan-water');
    await page.goto(`/projects/${id}`);
    await expect(page.getByRole('note')).toContainText(`责任单位${owner.name}`);
    await expect(page.getByRole('note')).toContainText('您只能查看');
    await expect(page.getByRole('main').getByRole('button', { name: /编辑|新增|确认|移交|调整/ })).toHaveCount(0);
    await page.keyboard.press('e');
    await expect(page.getByRole('heading', { name: '编辑资料' })).toHaveCount(0);

    const answer = await page.evaluate(
      async ([path, match]) => {
        const headers = { 'Content-Type': 'application/json', 'If-Match': match };
        const refused = await fetch(path, { method: 'PATCH', headers, body: '{"summary":"改一改"}' });
        return { status: refused.status, detail: ((await refused.json()) as { detail: string }).detail };
      },
      [`/api/v1/projects/${id}`, `"${version}"`] as const,
    );
    expect(answer.status).toBe(403);
    expect(answer.detail).toContain(`责任单位是${owner.name}，不在宝安区水务局管理范围内，您只能查看，不能修改。`);
    expect((await project(page.request, 'SZ-0286')).summary).toBe('');

    const auditor = await open('auditor', `/audit?projectId=${id}&result=refused`);
    await expect(auditor.getByRole('row').filter({ hasText: editor })).toContainText('项目不属本单位');
  });
});

test('of two who edit at once the second loses no word', async ({ open }) => {
  const first = await open(editor, '/');
  const { id } = await project(first.request, 'SZ-0284');
  await first.goto(`/projects/${id}`);
  const second = await open('baoan-water.lead', `/projects/${id}`);
  for (const page of [first, second]) await page.getByRole('button', { name: '编辑资料' }).click();

  await first.getByLabel('建设单位').fill('第一家公司');
  await first.getByRole('button', { name: '保存' }).click();
  await expect(card(first, '责任').getByText('第一家公司')).toBeVisible();

  await second.getByLabel('建设单位').fill('第二家公司');
  await second.getByLabel('概述').fill('写了很久的一段话');
  await second.getByRole('button', { name: '保存' }).click();
  const notice = second.getByRole('alert');
  await expect(notice).toContainText('您填写期间，项目已被他人修改');
  await expect(notice).toContainText('第一家公司');
  await expect(second.getByLabel('建设单位')).toHaveValue('第二家公司');
  await expect(second.getByLabel('概述')).toHaveValue('写了很久的一段话');

  await notice.getByRole('button', { name: '采用对方的' }).click();
  await expect(second.getByLabel('建设单位')).toHaveValue('第一家公司');
  await second.getByRole('button', { name: '保存' }).click();
  await expect(card(second, '概况').getByText('写了很久的一段话')).toBeVisible();
  expect(await project(second.request, 'SZ-0284')).toMatchObject({ constructionUnit: '第一家公司', summary: '写了很久的一段话' });
});

test.describe('without a mouse', () => {
  const press = (page: Page, keys: string) => page.keyboard.press(keys);

  /** Goes on with the Tab key until the target has the focus. */
  async function tabTo(page: Page, target: Locator) {
    await expect(target).toBeVisible();
    for (let presses = 0; presses < 60; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await press(page, 'Tab');
    }
    await expect(target, 'reached with the Tab key').toBeFocused();
  }

  test('an editor signs in, opens a project and changes it', async ({ page }) => {
    await page.goto('/projects?mine=true');
    await expect(page.getByLabel('用户名')).toBeFocused();
    await page.keyboard.type(editor);
    await press(page, 'Tab');
    await page.keyboard.type(password());
    await press(page, 'Enter');

    const { name, id } = await test.step('finds it', async () => {
      await expect(rows(page)).toHaveCount(3);
      return project(page.request, 'SZ-0285');
    });
    await press(page, '/');
    await expect(page.getByRole('searchbox')).toBeFocused();
    await page.keyboard.insertText(name);
    await expect(rows(page)).toHaveCount(1);
    await tabTo(page, rows(page).getByRole('link', { name }));
    await press(page, 'Enter');
    await expect(page).toHaveURL(`/projects/${id}`);

    await expect(page.getByRole('button', { name: '编辑资料' })).toBeVisible();
    await press(page, 'e');
    await expect(page.getByLabel('建设单位')).toBeFocused();
    await page.keyboard.insertText('只用键盘的单位');
    await press(page, 'Enter');
    await expect(card(page, '责任').getByText('只用键盘的单位')).toBeVisible();
    await expect(page.getByRole('button', { name: '编辑资料' })).toBeFocused();
  });

  test('a date keeps the focus while it is typed', async ({ open }) => {
    const page = await open(editor, '/');
    const { id } = await project(page.request, 'SZ-0285');
    await page.goto(`/projects/${id}`);
    const add = page.getByRole('button', { name: '新增里程碑' });
    await add.focus();
    await press(page, 'Enter');
    const dialog = page.getByRole('dialog', { name: '新增里程碑' });
    await fillDay(dialog, '预计', '2029-07-31');
    await expect(dialog.getByRole('group', { name: '预计', exact: true }).getByLabel('日期')).toBeFocused();
    await press(page, 'Escape');
    await page.getByRole('dialog', { name: '放弃未保存的修改？' }).getByRole('button', { name: '放弃修改' }).press('Enter');
    await expect(dialog).toBeHidden();
    await expect(add).toBeFocused();
  });
});
