import { shoot } from '../shots';
import { expect, expectAccessible, project, test } from './kit';

const answers = ['规划承诺', '阶段', '亮灯', '进度计划', '投资', '最近月报', '协调与督办', '责任'];

test('a project answers on one screen, and its parts are one press away', async ({ open }) => {
  const page = await open('baoan-water.editor', '/projects');
  const { id, name, mentions } = await project(page.context().request, 'SZ-0285');
  await page.goto(`/projects/${id}`);
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  const brief = page.locator('#brief');
  for (const answer of answers) await expect(brief.getByRole('heading', { name: answer, exact: true })).toBeInViewport();
  await expect(brief.getByRole('link', { name: new RegExp(`^专栏 ${mentions[0]?.column ?? 0} `) })).toBeVisible();
  await expect(brief.getByText(/须具备 \d+ 项|尚缺 \d+ 项/)).toBeVisible();
  await expect(brief.getByText('您可以编辑资料')).toBeVisible();

  await test.step('with the keyboard', async () => {
    const parts = page.getByRole('navigation', { name: '本页内容' });
    await parts.getByRole('link', { name: '相关项目' }).press('Enter');
    await expect(page).toHaveURL(/#neighbours$/);
    const neighbours = page.locator('#neighbours');
    await expect(neighbours).toBeFocused();
    await expect(parts).toBeInViewport();
    await expect(parts.getByRole('link', { name: '相关项目' })).toHaveAttribute('aria-current', 'location');
  });

  await test.step('to the list that a number counts', async () => {
    const all = page.locator('#neighbours').getByRole('link', { name: /^全部 \d+ 个$/ }).last();
    const count = /\d+/.exec((await all.textContent()) ?? '')?.[0] ?? '';
    await all.click();
    await expect(page).toHaveURL(/\/projects\?owner=/);
    await expect(page.getByRole('main')).toContainText(`${count} 个项目`);
    await page.goBack();
    await expect(page.locator('#neighbours')).toBeVisible();
  });

  await test.step('and for an officer on site, with a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`/projects/${id}`);
    for (const act of [/填报 .+ 月报/, '更新里程碑']) await expect(page.getByRole('button', { name: act }).first()).toBeInViewport();
    await expect(brief.getByRole('heading', { name: '规划承诺' })).toBeInViewport();
    await page.mouse.move(200, 500);
    await page.mouse.wheel(0, 500);
    await expect(brief.getByText('下一节点')).toBeInViewport();
    await page.getByRole('button', { name: '更新里程碑' }).click();
    await expect(page.getByRole('dialog', { name: /编辑里程碑/ })).toBeVisible();
    await expectAccessible(page);
  });
});

test('a part chosen while the page is still coming is led to when it is there', async ({ open }) => {
  const page = await open('baoan-water.editor', '/projects');
  const { id } = await project(page.context().request, 'SZ-0285');
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(`**/api/v1/projects/${id}/light`, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`/projects/${id}`);
  const part = page.getByRole('navigation', { name: '本页内容' }).getByRole('link', { name: '附件' });
  await part.click();
  await expect(page).toHaveURL(/#files$/);
  answer();
  await expect(page.locator('#files')).toBeFocused();
  await expect(page.locator('#files')).toBeInViewport();
  await expect(part).toHaveAttribute('aria-current', 'location');
});

test('a project with many milestones of long names prints on one sheet, also from the dark', async ({ open }) => {
  const page = await open('baoan-water.editor', '/projects');
  const { request } = page.context();
  const { id, name } = await project(request, 'SZ-0284');
  for (let number = 1; number <= 24; number++) {
    const milestone = `第${number}标段水工结构与沿线管线迁改及临时交通疏解工程全部完成并通过阶段验收`;
    const answer = await request.post(`/api/v1/projects/${id}/milestones`, {
      data: { kind: 'other', name: milestone, phase: '', baseline: { date: `20${26 + (number % 4)}-0${1 + (number % 9)}-15`, precision: 'day' } },
    });
    expect(answer.status(), await answer.text()).toBe(201);
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`/projects/${id}`, { waitUntil: 'networkidle' });
  await expect(page.getByRole('button', { name: '打印一页' })).toBeVisible();

  const paper = await page.pdf({ preferCSSPageSize: true });
  const sheets = paper.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [];
  expect(sheets).toHaveLength(1);
  expect(paper.toString('latin1'), 'A4 upright').toMatch(/\/MediaBox\s*\[0 0 59[45]\.?\d* 84[12]/);

  await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
  await page.setViewportSize({ width: 718, height: 1047 });
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  for (const answer of answers) await expect(page.locator('#brief').getByRole('heading', { name: answer, exact: true })).toBeVisible();
  await expect(page.getByText('重大项目情况表')).toBeVisible();
  await expect(page.getByText(/^打印于 \d{4}-\d{2}-\d{2} \d{2}:\d{2}，/)).toBeVisible();
  await expect(page.getByText(/另有 \d+ 个里程碑，见系统/)).toBeVisible();
  await expect(page.locator('#milestones, nav, .shell-notice').first()).toBeHidden();
  await shoot(page, 'project-print');
  const { ink, ground, cut } = await page.evaluate(() => {
    const { color } = getComputedStyle(document.querySelector('h1') ?? document.body);
    const cards = [...document.querySelectorAll('#brief *:not(.visually-hidden)')];
    return {
      ink: color,
      ground: getComputedStyle(document.body).backgroundColor,
      cut: cards.filter((part) => part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).overflowX === 'hidden').map(({ className }) => String(className)),
    };
  });
  expect({ ink, ground, cut }).toEqual({ ink: 'rgb(0, 0, 0)', ground: 'rgb(255, 255, 255)', cut: [] });
});

test('a past month-end tells nothing of today', async ({ open }) => {
  const page = await open('manager', '/projects');
  const now = await project(page.context().request, 'SZ-0285');
  // A new trial has no past: the server's own answer of today stands for one of August.
  await page.route(/\/api\/v1\/projects\/\d+\?asOf=2026-08$/, (route) =>
    route.fulfill({ json: { ...now, asOf: '2026-08-31', allowed: ['project:read', 'project:read_internal'] } }),
  );
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`/projects/${now.id}?asOf=2026-08`, { waitUntil: 'networkidle' });
  await expect(page.locator('#brief').getByRole('heading', { name: '进度计划' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: '本页内容' }).getByRole('link')).toHaveText(['概览', '里程碑', '投资', '概况']);
  await expect(page.getByRole('main').getByRole('button', { name: /填报|更新里程碑|编辑|督办/ })).toHaveCount(0);
  expect(asked.filter((path) => path.startsWith(`/api/v1/projects/${now.id}/`)), 'nothing of today is even asked for').toEqual([]);
});
