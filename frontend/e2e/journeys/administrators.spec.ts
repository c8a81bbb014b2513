import { randomBytes } from 'node:crypto';
import { choose, expect, project, signIn, test } from './kit';

// An account from its first password to its last sign-in: three administrators, of
// whom none could have done it alone.
test('an account is opened, given a role, used, disabled and told of', async ({ open }) => {
  const username = `clerk-${randomBytes(4).toString('hex')}`;
  const first = 'First-word-4-you';
  const own = 'a Sentence of 5 words';
  const sysadmin = await open('sysadmin', '/admin/users');

  await test.step('the system administrator opens it, and not with a weak password', async () => {
    await sysadmin.getByRole('button', { name: '新建账号' }).click();
    const dialog = sysadmin.getByRole('dialog', { name: '新建账号' });
    await dialog.getByLabel('用户名').fill(username);
    await dialog.getByLabel('姓名').fill('新来的人');
    await choose(dialog, '单位', '宝安区水务局');
    await dialog.getByLabel('初始密码').fill('alllowercase');
    await dialog.getByRole('button', { name: '新建', exact: true }).click();
    await expect(dialog.getByRole('alert')).toContainText('密码应至少包含大写字母、小写字母、数字、其他字符中的三类。');
    await dialog.getByLabel('初始密码').fill(first);
    await dialog.getByRole('button', { name: '新建', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(sysadmin.getByRole('status')).toContainText('已新建账号“新来的人”');
  });

  await test.step('and cannot grant it a role, not even past the screen', async () => {
    const found = await sysadmin.request.get('/api/v1/users', { params: { q: username } });
    const { items } = (await found.json()) as { items: { id: number; version: number }[] };
    const answer = await sysadmin.request.put(`/api/v1/users/${items[0]?.id ?? 0}/roles`, {
      headers: { 'If-Match': `"${items[0]?.version ?? 0}"` },
      data: { roles: ['drc_reviewer'] },
    });
    expect(answer.status()).toBe(403);
  });

  await test.step('the security administrator grants a role, and no two that exclude each other', async () => {
    const secadmin = await open('secadmin', `/admin/users?q=${username}`);
    await secadmin.getByRole('button', { name: '新来的人' }).click();
    const drawer = secadmin.getByRole('dialog', { name: '新来的人' });
    await expect(drawer.getByRole('button', { name: '停用账号' })).toHaveCount(0);
    await drawer.getByLabel('填报员').check();
    await drawer.getByLabel('系统管理员').check();
    await expect(drawer.getByRole('status')).toContainText('必须由专人担任');
    await drawer.getByRole('button', { name: '保存角色' }).click();
    await expect(drawer.getByRole('alert')).toContainText('不能与其他角色由同一账号兼任。');
    await drawer.getByLabel('系统管理员').uncheck();
    await drawer.getByRole('button', { name: '保存角色' }).click();
    await expect(secadmin.getByRole('status').last()).toContainText('已更新“新来的人”的角色');
  });

  const clerk = await open('', '/pipeline');
  await test.step('its owner must choose a password before anything else', async () => {
    await signIn(clerk, username, first);
    await expect(clerk).toHaveURL('/me');
    await clerk.goto('/pipeline');
    await expect(clerk).toHaveURL('/me');
    expect((await clerk.request.get('/api/v1/projects')).status()).toBe(403);
    await clerk.getByLabel('当前密码').fill(first);
    await clerk.getByLabel('新密码', { exact: true }).fill(own);
    await clerk.getByLabel('再次输入新密码').fill(own);
    await clerk.getByRole('button', { name: '修改密码' }).click();
    await expect(clerk.getByText('密码已修改')).toBeVisible();
    await clerk.goto('/pipeline?mine=true');
    await expect(clerk.getByRole('article')).toHaveCount(3);
  });

  await test.step('once disabled, it is signed out and stays out', async () => {
    await sysadmin.goto(`/admin/users?q=${username}`);
    await sysadmin.getByRole('button', { name: '新来的人' }).click();
    await sysadmin.getByRole('button', { name: '停用账号' }).click();
    await expect(sysadmin.getByRole('dialog').getByText('已停用', { exact: true })).toBeVisible();
    await clerk.goto('/pipeline');
    await expect(clerk).toHaveURL('/sign-in?return=/pipeline');
    await signIn(clerk, username, own);
    await expect(clerk.getByRole('alert')).toHaveText('用户名或密码不正确。');
  });

  await test.step('the auditor reads who did each of these, and what was refused', async () => {
    const auditor = await open('auditor', '/audit');
    for (const [who, action, result] of [
      ['sysadmin', '新建账号', '成功'],
      ['sysadmin', '授予与收回角色', '拒绝'],
      ['secadmin', '授予角色', '拒绝'],
      ['secadmin', '授予角色', '成功'],
      [username, '修改或重置密码', '成功'],
      ['sysadmin', '修改账号', '成功'],
    ] as const) {
      const records = auditor.getByRole('row').filter({ hasText: who }).filter({ hasText: action }).filter({ hasText: result });
      await expect(records.first(), `${who} ${action} ${result}`).toBeVisible();
    }
    await auditor.goto(`/audit?actor=${username}&result=failed`);
    await expect(auditor.getByRole('row').filter({ hasText: '登录' })).toHaveCount(1);
  });
});

test.describe('who keeps the accounts', () => {
  test.use({ as: 'sysadmin' });

  test('sees no project, by no road; the attempt to change one is on record', async ({ page, open }) => {
    const manager = await open('manager', '/');
    const target = await project(manager.request, 'SZ-0001');
    await page.goto('/pipeline');
    await expect(page.getByText('您没有权限查看此内容')).toBeVisible();
    await expect(page.getByRole('navigation', { name: '主导航' }).getByRole('link')).toHaveText(['重大项目管理系统', '我的工作', '账号与角色']);
    const answer = await page.evaluate(async (id) => {
      const headers = { 'Content-Type': 'application/json', 'If-Match': '"1"' };
      const { status } = await fetch(`/api/v1/projects/${id}`, { method: 'PATCH', headers, body: '{"summary":"mine"}' });
      return { status, read: (await fetch(`/api/v1/projects/${id}`)).status };
    }, target.id);
    expect(answer).toEqual({ status: 403, read: 403 });

    const auditor = await open('auditor', '/audit?actor=sysadmin&result=refused');
    const attempt = auditor.getByRole('row').filter({ hasText: '修改项目资料' }).filter({ hasText: '角色没有此项权限' });
    await attempt.getByRole('button').click();
    await expect(auditor.getByText(`PATCH /api/v1/projects/${target.id}`, { exact: true })).toBeVisible();
  });

  test('does not change one’s own account', async ({ page }) => {
    await page.goto('/admin/users?q=sysadmin');
    await page.locator('[data-primary]').click();
    const drawer = page.getByRole('dialog');
    await expect(drawer).toContainText('不能修改自己的账号');
    await expect(drawer.getByRole('button', { name: '停用账号' })).toHaveCount(0);
  });
});

test('the auditor reads, and nothing else', async ({ open }) => {
  const auditor = await open('auditor', '/');
  await expect(auditor).toHaveURL('/work');
  await expect(auditor.getByRole('navigation', { name: '主导航' }).getByRole('link')).toHaveText(['重大项目管理系统', '我的工作', '审计记录']);
  await auditor.goto('/admin/users');
  await expect(auditor.getByRole('heading', { level: 1 })).toHaveText('您没有权限查看此内容');
});
