import { expect, test } from './test';

test('scripts come compressed and are kept for good; the page is asked for anew', async ({ request }) => {
  const page = await request.get('/projects', { headers: { Accept: 'text/html' } });
  expect(page.headers()['cache-control']).toBe('no-cache');
  const scripts = new Set((await page.text()).match(/\/assets\/[^"]+\.js/g));
  expect(scripts.size).toBeGreaterThan(1);
  const encodings: Record<string, string | undefined> = {};
  for (const script of scripts) {
    const answer = await request.get(script, { headers: { 'Accept-Encoding': 'br' } });
    expect(answer.headers(), script).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
    // A file of a few hundred bytes goes as it is: packing it would save nothing.
    if ((await answer.body()).length > 1024) encodings[script] = answer.headers()['content-encoding'];
  }
  expect(new Set(Object.values(encodings)), JSON.stringify(encodings)).toEqual(new Set(['br']));
});

test('a script that is gone is not answered with a page', async ({ request }) => {
  const answer = await request.get('/assets/index-gone.js', { headers: { Accept: 'text/html,*/*' } });
  expect(answer.status()).toBe(404);
});

test('the page carries no script of its own', async ({ request }) => {
  const html = await (await request.get('/', { headers: { Accept: 'text/html' } })).text();
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
  expect(html).not.toMatch(/\son\w+=|\sstyle=/);
});
