import { QueryClient } from '@tanstack/vue-query';
import { describe, expect, it, vi } from 'vitest';
import { createMemoryHistory } from 'vue-router';
import { keys } from '@/api/keys';
import type { Me } from '@/features/session/session';
import { reloadOnNewVersion } from './newVersion';
import { newRouter } from './router';
import { navigation, navigationGroups } from './routes';

const me = { mustChangePassword: false, permissions: [] as string[] } as Me;

function routerFor(session: Me | null) {
  const queries = new QueryClient();
  queries.setQueryData(keys.session, session);
  return newRouter(createMemoryHistory(), queries);
}

describe('who may open a page', () => {
  it('nobody signed in is led to the sign-in page and back', async () => {
    const router = routerFor(null);
    await router.push('/me?tab=2#x');
    expect(router.currentRoute.value.name).toBe('sign-in');
    expect(router.currentRoute.value.query).toEqual({ return: '/me?tab=2#x' });
  });

  it('the start needs no way back', async () => {
    const router = routerFor(null);
    await router.push('/');
    expect(router.currentRoute.value.fullPath).toBe('/sign-in');
  });

  it('somebody signed in goes where they wanted', async () => {
    const router = routerFor(me);
    await router.push('/me');
    expect(router.currentRoute.value.name).toBe('account');
  });

  it('a first password must be replaced before anything else', async () => {
    const router = routerFor({ ...me, mustChangePassword: true });
    await router.push('/anything');
    expect(router.currentRoute.value.name).toBe('account');
  });

  it('the start is one’s own desk, whatever one may do', async () => {
    for (const permissions of [[], ['audit:read'], ['project:read', 'report:decide']]) {
      const router = routerFor({ ...me, permissions } as Me);
      await router.push('/');
      expect(router.currentRoute.value.name).toBe('work');
    }
  });

  it('the navigation keeps every page in one part, and offers no empty part', () => {
    const all = navigationGroups(() => true);
    expect(all.flatMap(({ pages }) => pages.map(({ name }) => name)).sort()).toEqual(navigation(() => true).map(({ name }) => name).sort());
    expect(navigationGroups((permission) => permission === 'audit:read').map(({ group }) => group)).toEqual(['desk', 'administration']);
  });

  it('an unknown address has a page of its own', async () => {
    const router = routerFor(me);
    await router.push('/nothing/here');
    expect(router.currentRoute.value.name).toBe('not-found');
  });
});

describe('after an update of the server', () => {
  it('a missing chunk reloads the wanted page, once', async () => {
    const router = routerFor(me);
    const reload = vi.fn();
    reloadOnNewVersion(router, reload);
    router.addRoute({
      path: '/gone',
      meta: { title: 'app.name', open: true },
      component: () => Promise.reject(new TypeError('Failed to fetch dynamically imported module: /assets/x.js')),
    });
    await router.push('/gone').catch(() => undefined);
    await router.push('/gone').catch(() => undefined);
    expect(reload.mock.calls).toEqual([['/gone']]);
  });
});
