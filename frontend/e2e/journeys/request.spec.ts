import { expect, expectAccessible, projects, test } from './kit';
import { looks, shoot, wear } from '../shots';

test.use({ as: 'manager' });

test('a gate is requested with its checklist and opened by the Commission', async ({ page: manager, open }) => {
  test.setTimeout(120_000);
  const [reserve] = await projects(manager.request, { stage: 'reserve', standing: 'active', provisional: 'true' });
  const { id, owner } = reserve ?? { id: 0, owner: { code: '' } };
  const page = await open(`${owner.code}.lead`, `/projects/${id}`);
  const section = page.getByRole('region', { name: '申请与决定' });
  await expect(section).toBeVisible();
  await expect(section.getByRole('button', { name: '申请进入下一阶段' }), 'a provisional stage is confirmed first').toHaveCount(0);
  const { version } = (await (await page.request.get(`/api/v1/projects/${id}`)).json()) as { version: number };
  const confirmed = await page.request.post(`/api/v1/projects/${id}/confirmation`, { headers: { 'If-Match': `"${version}"` }, data: { owner: false, stage: true } });
  expect(confirmed.status()).toBe(200);
  await page.reload();
  await section.getByRole('button', { name: '申请进入下一阶段' }).click();
  await expect(page).toHaveURL(/\/requests\/\d+$/);

  await page.getByRole('button', { name: '提交审批' }).click();
  await expect(page.getByRole('alert').first()).toContainText('“项目建议书批复”为必备条件，请作答');
  const answer = async (line: string, verdict: string) => {
    const item = page.getByRole('listitem').filter({ has: page.getByRole('radiogroup', { name: line }) });
    await item.getByText(verdict, { exact: true }).click();
    return item;
  };
  const proposal = await answer('项目建议书批复', '具备');
  await proposal.getByLabel('文件名称').fill('项目建议书的批复');
  await proposal.getByLabel('文号').fill('发改〔2026〕18 号');
  await proposal.getByText('附件（0）').click();
  await proposal.locator('input[type=file]').setInputFiles({ name: '批复.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 approval') });
  await expect(proposal.getByRole('checkbox', { name: /批复\.pdf/ })).toBeChecked();
  const site = await answer('选址初步意见', '不适用');
  await site.getByLabel('不适用的理由').fill('沿用既有场站用地');
  await page.getByLabel('申请理由').fill('前期条件已具备，申请转入前期阶段');
  await expect(page.getByText(/^已保存/)).toBeVisible();
  for (const look of looks) {
    await wear(page, look);
    await expectAccessible(page, ...(look.theme === 'dark' ? ['color-contrast'] : []));
    await shoot(page, `request-form-${look.look}`);
  }
  await wear(page, looks[0]);
  await page.getByRole('button', { name: '提交审批' }).click();
  await expect(page.getByText('待审批').first()).toBeVisible();

  const reviewer = await open('drc.reviewer1', `/review?kind=gate&owner=${owner.code}`);
  const reading = reviewer.getByRole('region', { name: '正在审阅的事项' });
  await expect(reading).toContainText('沿用既有场站用地');
  await expect(reading.getByRole('link', { name: '批复.pdf' })).toBeVisible();
  for (const look of looks) {
    await wear(reviewer, look);
    await expectAccessible(reviewer, ...(look.theme === 'dark' ? ['color-contrast'] : []));
    await shoot(reviewer, `review-gate-${look.look}`);
  }
  await reviewer.keyboard.press('a');
  await expect(reviewer.getByRole('status').filter({ hasText: '已批准' })).toBeVisible();
  await page.goto(`/projects/${id}`);
  await expect(section).toContainText('批准 · 进入下一阶段');
  await expect(section).toContainText(/JD-\d{4}-\d{4}/);
  await shoot(page, 'project-rulings');
  const after = (await (await page.request.get(`/api/v1/projects/${id}`)).json()) as { stage: string };
  expect(after.stage).toBe('preliminary');
});
