import type { APIRequestContext } from '@playwright/test';
import type { components } from '../../src/api/schema';
import { expect, projects, test } from './kit';

type Schema = components['schemas'];

// Submits a request for each of so many projects: new baselines for most, pauses for some.
async function file(lead: APIRequestContext, count: number): Promise<number> {
  const mine = (await projects(lead, { mine: 'true' })).filter(({ standing }) => standing === 'active');
  expect(mine.length).toBeGreaterThanOrEqual(count);
  for (const [place, { id }] of mine.slice(0, count).entries()) {
    const kind = place % 5 === 0 ? 'pause' : 'rebaseline';
    const started = await lead.post(`/api/v1/projects/${id}/requests`, { data: { kind } });
    expect(started.status(), `${kind} of ${id}`).toBe(201);
    const request = (await started.json()) as Schema['ProjectRequest'];
    const milestoneId = request.candidates[0]?.id;
    const baseline = { date: '2031-06-30', precision: 'day' };
    const body =
      kind === 'pause'
        ? { reason: '资金未落实，暂缓推进', expectedUntil: '2030-01-31' }
        : { reason: '规划调整', baselines: [{ milestoneId, baseline, reasonCode: 'policy', reasonText: '上位规划调整，工期顺延半年' }] };
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
  const lead = await open('sz-transport.lead', '/work');
  const filed = await file(lead.request, 30);
  let keys = 0;
  const press = async (key: string) => {
    keys += 1;
    await page.keyboard.press(key);
  };

  await page.goto('/review?owner=sz-transport');
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

  const paused = await projects(lead.request, { mine: 'true', standing: 'paused' });
  expect(paused.length, 'what was approved took effect').toBeGreaterThanOrEqual(filed / 5 - 1);
});
