import { expect, signIn, password, test } from './kit';

const desks = [
  { as: 'baoan-water.editor', has: '待填报', hasNot: ['账号与角色', '审计记录', '待审核事项'] },
  { as: 'drc.reviewer1', has: '逾期未报', hasNot: ['须关注', '本单位红灯'] },
  { as: 'manager', has: '须关注', hasNot: ['逾期未报', '本单位红灯'] },
  { as: 'sysadmin', has: '开通后从未登录', hasNot: ['未授角色的账号', '须关注'] },
  { as: 'secadmin', has: '未授角色的账号', hasNot: ['开通后从未登录', '须关注'] },
  { as: 'auditor', has: '被拒绝的操作', hasNot: ['账号与角色', '须关注'] },
];

for (const { as, has, hasNot } of desks) {
  test(`${as} comes to a desk of one’s own`, async ({ open }) => {
    const page = await open('', '/sign-in');
    await signIn(page, as, password());
    await expect(page).toHaveURL(/\/work$/);
    const desk = page.getByRole('main');
    await expect(desk.getByText(has).first()).toBeVisible();
    for (const other of hasNot) await expect(desk.getByText(other)).toHaveCount(0);
  });
}

test('a number leads to as many things as it counts', async ({ open }) => {
  const page = await open('sysadmin', '/');
  const line = page.getByRole('main').getByRole('link', { name: /开通后从未登录/ });
  const count = /\d+/.exec((await line.textContent()) ?? '')?.[0] ?? '';
  expect(Number(count)).toBeGreaterThan(0);
  await line.press('Enter');
  await expect(page).toHaveURL(/\/admin\/users\?state=never_signed_in$/);
  await expect(page.getByRole('combobox', { name: '账号状态' })).toHaveValue('never_signed_in');
  await expect(page.getByRole('main')).toContainText(count);

  const leader = await open('manager', '/');
  const red = leader.getByRole('link', { name: /规则亮红灯/ }).last();
  const many = /\d+/.exec((await red.textContent()) ?? '')?.[0] ?? '';
  await red.click();
  await expect(leader).toHaveURL(/\/projects\?ruleLight=red$/);
  await expect(leader.getByRole('main')).toContainText(`${many} 个项目`);
});

test('what the catalogue leaves open is one press away, and as many as it says', async ({ open }) => {
  for (const [table, address] of [
    ['待确认最多的单位', /\/projects\?provisional=true&owner=|\/projects\?owner=.*provisional=true/],
    ['承诺未表态最多的专栏', /\/projects\?.*column=\d+.*promise=unconfirmed|\/projects\?.*promise=unconfirmed.*column=\d+/],
  ] as const) {
    const page = await open('manager', '/work');
    const row = page.getByRole('region', { name: table }).getByRole('listitem').first().getByRole('link');
    const count = /(\d+) \//.exec((await row.innerText()).replace(/\s+/g, ' '))?.[1] ?? '';
    expect(Number(count)).toBeGreaterThan(0);
    await row.press('Enter');
    await expect(page).toHaveURL(address);
    await expect(page.getByRole('main')).toContainText(`${count} 个项目`);
  }
});

test('a leader’s desk comes at once, so that nothing read is pushed away', async ({ open }) => {
  const page = await open('manager', '/inbox');
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  const asked = page.waitForRequest('**/api/v1/projects/facets?provisional=true');
  await page.route('**/api/v1/projects/facets?provisional=true', async (route) => {
    await held;
    await route.continue();
  });
  const others = page.waitForResponse('**/api/v1/plan/fulfilment');
  await page.goto('/work');
  await Promise.all([asked, others]);
  const desk = page.getByRole('main');
  await expect(desk.getByText('正在加载').first()).toBeAttached();
  await expect(desk.getByText('须关注')).toHaveCount(0);
  answer();
  for (const part of ['须关注', '待确认最多的单位', '承诺未表态最多的专栏']) await expect(desk.getByText(part).first()).toBeVisible();
});
