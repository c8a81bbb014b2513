import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { acceptLanguage, client, content, ifMatch } from './client';
import { ApiProblem, asProblem } from './problem';

function answering(status: number, body: unknown, type = 'application/json') {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const fetch = vi.fn<(request: Request) => Promise<Response>>(async () => new Response(text, { status, headers: { 'Content-Type': type } }));
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

const failure = async (): Promise<ApiProblem> => content(client.GET('/api/v1/me')).then(
  () => Promise.reject(new Error('should have failed')),
  (error: unknown) => error as ApiProblem,
);

beforeEach(() => vi.unstubAllGlobals());
afterEach(() => vi.unstubAllGlobals());

describe('a call', () => {
  it('gives the content of a success', async () => {
    answering(200, { user: { id: 7 } });
    await expect(content(client.GET('/api/v1/me'))).resolves.toMatchObject({ user: { id: 7 } });
  });

  it('throws what the problem document says', async () => {
    answering(422, {
      status: 422,
      code: 'invalid',
      title: '内容有误',
      detail: '有 1 处需要修改',
      errors: [{ field: 'username', code: 'required', message: '请填写用户名' }],
    }, 'application/problem+json');
    const problem = await failure();
    expect(problem).toBeInstanceOf(ApiProblem);
    expect(problem).toMatchObject({ status: 422, code: 'invalid', message: '有 1 处需要修改', stale: false });
    expect(problem.byField).toEqual({ username: '请填写用户名' });
  });

  it('knows a stale write by the version it is told', async () => {
    answering(409, { code: 'stale', title: '已被修改', currentVersion: 9 });
    expect(await failure()).toMatchObject({ stale: true, currentVersion: 9, message: '已被修改' });
  });

  it('does not take every conflict for a stale write', async () => {
    answering(409, { code: 'duplicate', title: '编号已存在' });
    expect((await failure()).stale).toBe(false);
  });

  it('keeps the status of an answer that is no document', async () => {
    answering(502, '<html>bad gateway</html>', 'text/html');
    expect(await failure()).toMatchObject({ status: 502, code: 'unexpected', message: '' });
  });

  it('tells no answer from a bad one', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await failure()).toMatchObject({ status: 0, code: 'unreachable' });
    expect(asProblem(new TypeError('x')).status).toBe(0);
  });

  it('asks in the language of the reader', async () => {
    const fetch = answering(200, {});
    const language = acceptLanguage(() => 'en');
    client.use(language);
    await client.GET('/api/v1/views');
    await client.GET('/api/v1/me');
    client.eject(language);
    const asked = fetch.mock.calls.map(([request]) => request.headers.get('Accept-Language'));
    expect(asked, 'a page asks who is signed in before it knows the language').toEqual(['en', null]);
  });

  it('quotes the version it was read at', () => {
    expect(ifMatch(12)).toEqual({ 'If-Match': '"12"' });
  });
});
