import type { Page } from '@playwright/test';
import { looks, shoot, wear } from './shots';
import { expect, expectAccessible, test } from './test';

interface Screen {
  name: string;
  path: string;
  /** Whose session; nobody's for ''. */
  as: string;
  /** What is opened on it before it is looked at. */
  open?: (page: Page) => Promise<void>;
}

const press = (name: string | RegExp) => (page: Page) =>
  page.getByRole('main').getByRole('button', { name, exact: typeof name === 'string' }).first().click();
const check = (page: Page) => page.getByRole('main').getByRole('row').nth(2).getByRole('checkbox').click();
const enter = (page: Page) => page.getByRole('main').getByRole('table').getByRole('link').first().click();
const both = (one: Screen['open'], other: Screen['open']) => async (page: Page) => {
  await one?.(page);
  await other?.(page);
};
const seek = (text: string) => async (page: Page) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: '搜索或跳转' }).fill(text);
};
const one = '/projects?q=SZ-0283';
const editor = 'baoan-water.editor';

// Every screen, and what opens on it, in every look: it complains about nothing, obeys
// the content security policy, and stops nobody. A new page is one line here.
const screens: Screen[] = [
  { name: 'sign-in', path: '/sign-in', as: '' },
  { name: 'work', path: '/work', as: 'baoan-water.editor' },
  { name: 'work-review', path: '/work', as: 'drc.reviewer1' },
  { name: 'home-manager', path: '/', as: 'manager' },
  { name: 'home-sysadmin', path: '/', as: 'sysadmin' },
  { name: 'home-secadmin', path: '/', as: 'secadmin' },
  { name: 'home-auditor', path: '/', as: 'auditor' },
  { name: 'home-lead', path: '/', as: 'baoan-water.lead' },
  { name: 'review', path: '/review', as: 'drc.reviewer1' },
  { name: 'exits', path: '/exits', as: 'manager' },
  { name: 'inbox', path: '/inbox', as: editor },
  { name: 'inbox-unread', path: '/inbox?show=unread&kind=light', as: 'manager' },
  { name: 'account', path: '/me', as: 'manager' },
  { name: 'account-menu', path: '/me', as: 'manager', open: (page) => page.getByRole('button', { name: /的菜单/ }).click() },
  { name: 'palette', path: '/projects', as: 'manager', open: seek('水务') },
  { name: 'palette-empty', path: '/dashboard', as: 'manager', open: seek('没有这样的东西') },
  { name: 'palette-start', path: '/dashboard', as: 'manager', open: seek('') },
  { name: 'shortcuts', path: '/review', as: 'drc.reviewer1', open: (page) => page.keyboard.press('?') },
  { name: 'offline', path: '/projects', as: 'manager', open: (page) => page.evaluate(() => void window.dispatchEvent(new Event('offline'))) },
  { name: 'not-found', path: '/nothing/here', as: 'manager' },
  { name: 'refused', path: '/projects', as: 'sysadmin' },
  { name: 'list', path: '/projects', as: 'manager' },
  { name: 'list-filter', path: '/projects?category=water', as: 'manager', open: press('责任单位') },
  { name: 'list-empty', path: '/projects?q=没有这样的项目', as: 'manager' },
  { name: 'list-columns', path: '/projects', as: 'manager', open: press('列') },
  { name: 'list-save-view', path: '/projects?category=water&stage=implementation', as: 'manager', open: press('保存为视图') },
  { name: 'list-chosen', path: '/projects?category=water', as: 'drc.reviewer2', open: check },
  { name: 'list-handover', path: '/projects?category=water', as: 'drc.reviewer2', open: both(check, press('移交责任单位')) },
  { name: 'list-confirm', path: '/projects?category=water', as: 'sz-water.lead', open: both(check, press('确认责任单位与阶段')) },
  { name: 'list-edit', path: '/projects?mine=true', as: editor, open: (page) => page.locator('.project-edit').first().click() },
  { name: 'project', path: one, as: 'manager', open: enter },
  { name: 'project-foreign', path: '/projects?q=SZ-0286', as: editor, open: enter },
  { name: 'project-attach', path: one, as: editor, open: both(enter, async (page) => page.locator('input[type=file]').setInputFiles({ name: `批复${Date.now()}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-${Date.now()}`) })) },
  { name: 'project-edit', path: one, as: editor, open: both(enter, press(/^编辑资料/)) },
  { name: 'project-milestone', path: one, as: editor, open: both(enter, press('新增里程碑')) },
  { name: 'project-confirm', path: '/projects?q=SZ-0112', as: 'sz-water.lead', open: both(enter, press('确认责任单位')) },
  { name: 'project-stage', path: one, as: 'drc.reviewer2', open: both(enter, press('调整阶段')) },
  { name: 'project-assign', path: one, as: 'drc.reviewer2', open: both(enter, press('移交责任单位')) },
  { name: 'board', path: '/pipeline', as: 'drc.reviewer2' },
  { name: 'board-move', path: '/pipeline', as: 'drc.reviewer2', open: press(/^调整“/) },
  { name: 'lights', path: '/lights', as: 'drc.reviewer1' },
  { name: 'lights-category', path: '/lights?tab=category', as: 'manager' },
  { name: 'lights-rule', path: '/lights?tab=rule', as: 'manager' },
  { name: 'lights-publish', path: '/lights?tab=rule', as: 'drc.reviewer1', open: press('发布新版本') },
  { name: 'lights-review', path: one, as: 'drc.reviewer1', open: both(enter, press('认定')) },
  { name: 'list-light', path: one, as: 'manager', open: (page) => page.locator('.project-light').first().click() },
  { name: 'board-rolling', path: '/pipeline?view=rolling', as: 'manager' },
  { name: 'timeline', path: '/timeline', as: 'manager' },
  { name: 'timeline-milestone', path: '/timeline?category=water&zoom=quarter', as: 'manager', open: (page) => page.locator('.timeline-mark').first().focus() },
  { name: 'map', path: '/map', as: 'manager' },
  { name: 'map-district', path: '/map?district=440306&measure=investment', as: 'manager' },
  { name: 'map-corridor', path: '/map', as: 'manager', open: async (page) => {
    await page.getByRole('tab', { name: /跨区项目/ }).click();
    await page.locator('.place-corridor').first().click();
  } },
  { name: 'list-past', path: '/projects', as: 'manager', open: press('历史月末') },
  { name: 'changes', path: '/changes', as: 'manager' },
  { name: 'fulfilment', path: '/fulfilment', as: 'manager' },
  { name: 'dashboard', path: '/dashboard', as: 'manager' },
  { name: 'dashboard-column', path: '/dashboard', as: 'manager', open: press('专栏 13：逐项承诺') },
  { name: 'export-menu', path: '/projects?category=water', as: 'manager', open: press('导出') },
  { name: 'figure-source', path: one, as: 'manager', open: both(enter, press('数字来源')) },
  { name: 'investment', path: '/investment', as: 'drc.reviewer2' },
  { name: 'investment-owner', path: '/investment?category=water', as: 'manager', open: (page) => page.getByRole('tab', { name: '按责任单位' }).click() },
  { name: 'project-plan', path: one, as: editor, open: both(enter, press(/^(编制|修改)计划/)) },
  { name: 'project-template', path: one, as: editor, open: both(enter, press('按模板新增')) },
  { name: 'issues', path: '/issues', as: 'drc.reviewer1' },
  { name: 'issues-rollup', path: '/issues?by=responsible', as: 'manager' },
  { name: 'issue-raise', path: one, as: editor, open: both(enter, press('提出需协调事项')) },
  { name: 'orders', path: '/orders', as: 'manager' },
  { name: 'order-issue', path: one, as: 'drc.reviewer2', open: both(enter, press('督办')) },
  { name: 'meetings', path: '/meetings', as: 'manager' },
  { name: 'meeting-call', path: '/meetings?category=water&call=1', as: 'drc.reviewer1' },
  { name: 'users', path: '/admin/users', as: 'sysadmin' },
  { name: 'users-new', path: '/admin/users', as: 'sysadmin', open: press('新建账号') },
  { name: 'users-account', path: '/admin/users?q=sz-health.editor', as: 'sysadmin', open: (page) => page.locator('[data-primary]').click() },
  { name: 'users-roles', path: '/admin/users?q=sz-health.editor', as: 'secadmin', open: (page) => page.locator('[data-primary]').click() },
  { name: 'users-policy', path: '/admin/users', as: 'secadmin', open: press('角色说明') },
  { name: 'audit', path: '/audit', as: 'auditor' },
  { name: 'audit-record', path: '/audit?action=session.create', as: 'auditor', open: press(/^展开：/) },
  { name: 'audit-verified', path: '/audit', as: 'auditor', open: press('校验') },
];

for (const { name, path, as, open } of screens) {
  test.describe(name, () => {
    test.use({ as });
    test('in every look', async ({ page, complaints }) => {
      await wear(page, looks[0]);
      await page.goto(path, { waitUntil: 'networkidle' });
      await open?.(page);
      await page.waitForLoadState('networkidle');
      for (const look of looks) {
        await test.step(look.look, async () => {
          await wear(page, look);
          await expect(page.locator('h1, [role=dialog]').first()).toBeVisible();
          await expect(page.locator('html')).toHaveAttribute('data-theme', look.theme);
          const { scrollWidth, scrollHeight } = await page.evaluate(() => {
            const { scrollWidth, scrollHeight } = document.documentElement;
            return { scrollWidth, scrollHeight };
          });
          expect.soft(scrollWidth, 'nothing sticks out sideways').toBeLessThanOrEqual(look.width);
          expect.soft(scrollHeight, 'the page scrolls inside its frame').toBeLessThanOrEqual(look.height);
          await expectAccessible(page, ...(look.theme === 'dark' ? ['color-contrast'] : [])); // all else is the same in the dark
          await shoot(page, `${name}-${look.look}`);
        });
      }
      expect(complaints).toEqual([]);
    });
  });
}

test.describe('the rest of the navigation on a phone', () => {
  test.use({ as: 'drc.reviewer1' });
  test('rises from the bottom and goes with Escape', async ({ page }) => {
    for (const look of looks.slice(2)) {
      await wear(page, look);
      await page.goto('/review', { waitUntil: 'networkidle' });
      const more = page.getByRole('navigation').getByRole('button', { name: '更多' });
      await expect(page.getByRole('link', { name: '总览' })).toBeHidden();
      await more.press('Enter');
      await expect(page.getByRole('link', { name: '总览' })).toBeVisible();
      await expectAccessible(page);
      await shoot(page, `navigation-${look.look}`);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('link', { name: '总览' })).toBeHidden();
      await expect(more).toBeFocused();
    }
  });
});
