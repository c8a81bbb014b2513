import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query';
import { flushPromises, mount } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keys } from '@/api/keys';
import { newQueryClient } from '@/api/queryClient';
import { fetchSession, may, startSession, type Me } from './session';
import SignInForm from './SignInForm.vue';

const me = { user: { id: 1, username: 'chen', displayName: '陈' }, permissions: ['project:read'], mustChangePassword: false } as Me;

function serve(status: number, body: unknown) {
  const fetch = vi.fn<(request: Request) => Promise<Response>>(async () => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } }));
  vi.stubGlobal('fetch', fetch);
  return fetch;
}
afterEach(() => vi.unstubAllGlobals());

describe('the session', () => {
  it('is nobody when the server knows nobody', async () => {
    serve(401, { code: 'signed_out' });
    await expect(fetchSession(new QueryClient())).resolves.toBeNull();
  });

  it('is not mistaken for nobody when the server is ill', async () => {
    serve(500, {});
    const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    await expect(fetchSession(queries)).rejects.toMatchObject({ status: 500 });
  });

  it('leaves nothing of one reader to the next', () => {
    const queries = new QueryClient();
    queries.setQueryData(keys.project.detail(7), { secret: true });
    queries.setQueryData(keys.instance, { city: '深圳市' });
    startSession(queries, me);
    expect(queries.getQueryData(keys.project.detail(7))).toBeUndefined();
    expect(queries.getQueryData(keys.instance)).toBeDefined();
    expect(queries.getQueryData(keys.session)).toEqual(me);
  });

  it('grants nothing to nobody', () => {
    expect(may(null, 'project:read')).toBe(false);
    expect(may(me, 'project:read')).toBe(true);
    expect(may(me, 'project:move')).toBe(false);
  });

  it('is reported when it is found to be over', async () => {
    serve(401, { code: 'signed_out' });
    const over = vi.fn();
    const queries = newQueryClient(over);
    await queries.fetchQuery({ queryKey: ['x'], queryFn: () => Promise.reject({ status: 401 }), retry: false }).catch(() => undefined);
    expect(over).not.toHaveBeenCalled(); // not one of ours
    const { client, content } = await import('@/api/client');
    await queries.fetchQuery({ queryKey: ['y'], queryFn: () => content(client.GET('/api/v1/me')) }).catch(() => undefined);
    expect(over).toHaveBeenCalledOnce();
  });
});

describe('the sign-in form', () => {
  const form = () =>
    mount(SignInForm, { global: { plugins: [[VueQueryPlugin, { queryClient: new QueryClient() }]] }, attachTo: document.body });

  async function fill(wrapper: ReturnType<typeof form>, name: string, password: string) {
    await wrapper.get('[autocomplete=username]').setValue(name);
    await wrapper.get('[type=password]').setValue(password);
    await wrapper.get('form').trigger('submit');
    await flushPromises();
  }

  it('sends what was typed and reports who came in', async () => {
    const fetch = serve(201, me);
    const wrapper = form();
    await fill(wrapper, ' chen ', ' a b ');
    expect(await fetch.mock.calls[0]?.[0].json()).toEqual({ username: 'chen', password: ' a b ' });
    await vi.waitFor(() => expect(wrapper.emitted('signedIn')).toEqual([[false]]));
  });

  it('repeats the server’s sentence and forgets the password', async () => {
    serve(401, { code: 'bad_credentials', title: '用户名或密码不正确' });
    const wrapper = form();
    await fill(wrapper, 'chen', 'wrong');
    expect(wrapper.get('[role=alert]').text()).toBe('用户名或密码不正确');
    expect(wrapper.get<HTMLInputElement>('[type=password]').element.value).toBe('');
    expect(wrapper.emitted('signedIn')).toBeUndefined();
  });

  it('asks the server nothing while something is missing', async () => {
    const fetch = serve(201, me);
    const wrapper = form();
    await fill(wrapper, 'chen', '');
    expect(fetch).not.toHaveBeenCalled();
    expect(wrapper.get('[role=alert]').text()).toContain('请填写');
  });
});
