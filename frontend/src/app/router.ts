import type { QueryClient } from '@tanstack/vue-query';
import { createRouter, type RouteLocationNormalized, type RouteLocationRaw, type Router, type RouterHistory } from 'vue-router';
import { fetchSession, may, type Me } from '@/features/session/session';
import { loadWords } from '@/i18n';
import { navigation, routes } from './routes';

/** The sign-in page, remembering where the reader wanted to go. */
export function signInFor(to: RouteLocationNormalized): RouteLocationRaw {
  return { name: 'sign-in', query: to.fullPath === '/' ? {} : { return: to.fullPath } };
}

/** The first page a person may use; one's own account when there is no other. */
export function firstPage(me: Me): RouteLocationRaw {
  const [first] = navigation((permission) => may(me, permission));
  return { name: first?.name ?? 'account' };
}

export function newRouter(history: RouterHistory, queries: QueryClient): Router {
  const router = createRouter({
    history,
    routes,
    scrollBehavior: (_to, _from, saved) => saved ?? false,
  });

  router.beforeEach(async (to) => {
    if (to.meta.open) return true;
    const me = await fetchSession(queries);
    if (!me) return signInFor(to);
    if (me.mustChangePassword && to.name !== 'account') return { name: 'account' };
    return to.path === '/' ? firstPage(me) : true;
  });
  router.beforeResolve((to) => (to.meta.firstWords ? true : loadWords().then(() => true)));
  return router;
}
