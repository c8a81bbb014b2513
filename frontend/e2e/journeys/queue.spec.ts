import type { APIRequestContext } from '@playwright/test';
import type { components } from '../../src/api/schema';
import { expect, projects, test } from './kit';

type Schema = components['schemas'];

// What is submitted, thirty in all: requests of the five kinds that a fresh project
// allows without a checklist, and reports.
async function file(lead: APIRequestContext, count: number): Promise<number> {
  const mine = (await projects(lead, { mine: 'true' })).filter(({ standing }) => standing === 'active');
  expect(mine.length).toBeGreaterThanOrEqual(count);
  for (const [place, { id }] of mine.slice(0, count).entries()) {
    const kind = place % 3 === 0 ? 'exit' : 'pause';
    const started = await lead.post(`/api/v1/projects/${id}/requests`, { data: { kind } });
    expect(started.status(), `${kind} of ${id}: ${await started.text()}`).toBe(201);
    const request = (await started.json()) as Schema['ProjectRequest'];
    const body =
      kind === 'exit'
        ? { reason: '规划调整，不再实施', document: '会议纪要〔2026〕8 号', exitKind: 'withdrawn' }
        : { reason: '资金未落实，暂缓推进', expectedUntil: '2030-01-31' };
    const saved = await lead.patch(`/api/v1/requests/${request.id}`, { headers: { 'If-Match': '"1"' }, data: body });
    expect(saved.status(), await saved.text()).toBe(200);
    const submitted = await lead.post(`/api/v1/requests/${request.id}/submission`, { headers: { 'If-Match': '"2"' } });
    expect(submitted.status(), await submitted.text()).toBe(200);
  }
  return count;
}

test.use({ as: 'drc.reviewer2' });

test('a queue of thirty is worked with the keyboard alone', async ({ page, open }) => {
  test.setTimeout(180_000);
  const lead = await open('sz-water.lead', '/work');
  const filed = await file(lead.request, 30);
  let keys = 0;
  const press = async (key: string) => {
    keys += 1;
    await page.keyboard.press(key);
  };

  await page.goto('/review?owner=sz-water');
  const rows = page.getByRole('region', { name: '待审事项' }).getByRole('listitem');
  await expect(rows).toHaveCount(filed);
  const reading = page.getByRole('region', { name: '正在审阅的事项' });
  const decided = async (left: number) => {
    await expect(rows).toHaveCount(left);
    await expect(reading.getByRole('button', { name: /批准/ })).toBeEnabled();
  };

  // Down and up again, then the first is returned with words, the rest approved.
  await press('j');
  await press('k');
  await expect(reading.getByRole('button', { name: /退回/ })).toBeVisible();
  await press('r');
  const dialog = page.getByRole('dialog', { name: '退回申请' });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('请补充依据');
  keys += '请补充依据'.length;
  await press('Control+Enter');
  await expect(dialog).toBeHidden();
  await decided(filed - 1);
  for (let left = filed - 1; left > 1; left -= 1) {
    await press('a');
    await decided(left - 1);
  }
  await press('a');
  await expect(page.getByText('没有符合条件的待审事项')).toBeVisible();
  console.log(`${filed} decided with ${keys} keys`);
  expect(keys).toBeLessThanOrEqual(filed + 10);

  const register = (await (await page.request.get('/api/v1/exits?owner=sz-water&limit=200')).json()) as Schema['ExitPage'];
  expect(register.items.length).toBeGreaterThanOrEqual(filed / 3 - 1);
  expect(new Set(register.items.map(({ number }) => number)).size, 'every number once').toBe(register.items.length);
});
