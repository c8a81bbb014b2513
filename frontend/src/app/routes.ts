import {
  BadgeCheck, Banknote, ChartNoAxesColumn, ClipboardCheck, ClipboardPen, FolderKanban, GitCompareArrows, Lightbulb,
  LogOut, MessagesSquare, Presentation, ScrollText, Siren, SquareKanban, UsersRound,
} from '@lucide/vue';
import type { Component } from 'vue';
import type { RouteMeta, RouteRecordRaw } from 'vue-router';
import type { Permission } from '@/features/session/session';

/** The parts of the navigation, in their order. */
const groups = ['desk', 'portfolio', 'supervision', 'plan', 'administration'] as const;
export type NavGroup = (typeof groups)[number];

declare module 'vue-router' {
  interface RouteMeta {
    /** Message key of the page's name, for the tab and the navigation. */
    title: string;
    /** Opens without anybody being signed in, and without the shell. */
    open?: true;
    /** What the reader's roles must grant, one of them where there are several; the server decides again. */
    permission?: Permission | readonly Permission[];
    /** Says nothing beyond the words that come with the program. */
    firstWords?: true;
    /** Shown in the navigation, in the order of this file. */
    icon?: Component;
    /** Where in the navigation; the portfolio where nothing is said. */
    group?: NavGroup;
  }
}

// Every page for signed-in readers on one screen, in the order of the navigation;
// each is fetched when first visited.
const pages: RouteRecordRaw[] = [
  {
    path: '/work',
    name: 'work',
    component: () => import('@/pages/WorkPage.vue'),
    meta: { title: 'page.work', icon: ClipboardPen, group: 'desk' },
  },
  {
    path: '/review',
    name: 'review',
    component: () => import('@/pages/ReviewPage.vue'),
    meta: { title: 'page.review', permission: 'report:decide', icon: ClipboardCheck, group: 'desk' },
  },
  {
    path: '/reports/:id(\\d+)',
    name: 'report',
    component: () => import('@/pages/ReportPage.vue'),
    meta: { title: 'page.report', permission: 'report:read' },
  },
  {
    path: '/requests/:id(\\d+)',
    name: 'request',
    component: () => import('@/pages/RequestPage.vue'),
    meta: { title: 'request.title', permission: 'request:read' },
  },
  {
    path: '/projects',
    name: 'projects',
    component: () => import('@/pages/ProjectsPage.vue'),
    meta: { title: 'project.title', permission: 'project:read', icon: FolderKanban, firstWords: true },
  },
  {
    path: '/projects/:id(\\d+)',
    name: 'project',
    component: () => import('@/pages/ProjectPage.vue'),
    meta: { title: 'detail.title', permission: 'project:read' },
  },
  {
    path: '/investment',
    name: 'investment',
    component: () => import('@/pages/InvestmentPage.vue'),
    meta: { title: 'page.investment', permission: 'pipeline:read', icon: Banknote },
  },
  {
    path: '/pipeline',
    name: 'pipeline',
    component: () => import('@/pages/PipelinePage.vue'),
    meta: { title: 'page.pipeline', permission: 'pipeline:read', icon: SquareKanban },
  },
  {
    path: '/timeline',
    name: 'timeline',
    component: () => import('@/pages/TimelinePage.vue'),
    meta: { title: 'page.timeline', permission: 'project:read' },
  },
  {
    path: '/map',
    name: 'map',
    component: () => import('@/pages/MapPage.vue'),
    meta: { title: 'page.map', permission: 'pipeline:read' },
  },
  {
    path: '/dashboard',
    name: 'dashboard',
    component: () => import('@/pages/DashboardPage.vue'),
    meta: { title: 'page.dashboard', permission: 'pipeline:read', icon: ChartNoAxesColumn },
  },
  {
    path: '/lights',
    name: 'lights',
    component: () => import('@/pages/LightsPage.vue'),
    meta: { title: 'page.lights', permission: 'pipeline:read', icon: Lightbulb, group: 'supervision' },
  },
  {
    path: '/issues',
    name: 'issues',
    component: () => import('@/pages/IssuesPage.vue'),
    meta: { title: 'page.issues', permission: 'issue:read', icon: MessagesSquare, group: 'supervision' },
  },
  {
    path: '/issues/:id(\\d+)',
    name: 'issue',
    component: () => import('@/pages/IssuePage.vue'),
    meta: { title: 'page.issues', permission: 'issue:read' },
  },
  {
    path: '/orders',
    name: 'orders',
    component: () => import('@/pages/OrdersPage.vue'),
    meta: { title: 'page.orders', permission: 'order:read', icon: Siren, group: 'supervision' },
  },
  {
    path: '/orders/:id(\\d+)',
    name: 'order',
    component: () => import('@/pages/OrderPage.vue'),
    meta: { title: 'page.orders', permission: 'order:read' },
  },
  {
    path: '/meetings',
    name: 'meetings',
    component: () => import('@/pages/MeetingsPage.vue'),
    meta: { title: 'page.meetings', permission: 'meeting:read', icon: Presentation, group: 'supervision' },
  },
  {
    path: '/meetings/:id(\\d+)',
    name: 'meeting',
    component: () => import('@/pages/MeetingPage.vue'),
    meta: { title: 'page.meetings', permission: 'meeting:read' },
  },
  {
    path: '/meetings/:id(\\d+)/minutes',
    name: 'minutes',
    component: () => import('@/pages/MinutesPage.vue'),
    meta: { title: 'page.meetings', permission: 'meeting:read' },
  },
  {
    path: '/changes',
    name: 'changes',
    component: () => import('@/pages/ChangesPage.vue'),
    meta: { title: 'page.changes', permission: 'project:read', icon: GitCompareArrows, group: 'plan' },
  },
  {
    path: '/fulfilment',
    name: 'fulfilment',
    component: () => import('@/pages/FulfilmentPage.vue'),
    meta: { title: 'page.fulfilment', permission: 'pipeline:read', icon: BadgeCheck, group: 'plan' },
  },
  {
    path: '/exits',
    name: 'exits',
    component: () => import('@/pages/ExitsPage.vue'),
    meta: { title: 'page.exits', permission: 'project:read', icon: LogOut, group: 'plan' },
  },
  {
    path: '/admin/users',
    name: 'users',
    component: () => import('@/pages/UsersPage.vue'),
    meta: { title: 'page.user', permission: 'user:read', icon: UsersRound, group: 'administration' },
  },
  {
    path: '/audit',
    name: 'audit',
    component: () => import('@/pages/AuditPage.vue'),
    meta: { title: 'page.audit', permission: 'audit:read', icon: ScrollText, group: 'administration' },
  },
  {
    path: '/inbox',
    name: 'inbox',
    component: () => import('@/pages/InboxPage.vue'),
    meta: { title: 'app.notices' },
  },
  {
    path: '/me',
    name: 'account',
    component: () => import('@/pages/AccountPage.vue'),
    meta: { title: 'session.account' },
  },
  {
    path: '/:path(.*)*',
    name: 'not-found',
    component: () => import('@/pages/NotFoundPage.vue'),
    meta: { title: 'app.notFound' },
  },
];

export const routes: RouteRecordRaw[] = [
  {
    path: '/sign-in',
    name: 'sign-in',
    component: () => import('@/pages/SignInPage.vue'),
    meta: { title: 'session.title', open: true, firstWords: true },
  },
  // On a wall there is nothing to navigate: it stands without the shell, and looks at the permission itself.
  {
    path: '/cockpit',
    name: 'cockpit',
    component: () => import('@/pages/CockpitPage.vue'),
    meta: { title: 'page.cockpit', permission: 'pipeline:read' },
  },
  { path: '/', component: () => import('./AppShell.vue'), meta: { title: 'app.name' }, children: pages },
];

/** Whether somebody with these permissions may open a page. */
export function opens({ permission }: RouteMeta, can: (permission: Permission) => boolean): boolean {
  const wanted = [permission ?? []].flat();
  return wanted.length === 0 || wanted.some(can);
}

/** Pages the navigation offers to somebody with these permissions. */
export function navigation(can: (permission: Permission) => boolean): RouteRecordRaw[] {
  return pages.filter(({ meta }) => meta?.icon && opens(meta, can));
}

/** The same by parts; a part with nothing to offer is left out. */
export function navigationGroups(can: (permission: Permission) => boolean): { group: NavGroup; pages: RouteRecordRaw[] }[] {
  const offered = navigation(can);
  return groups
    .map((group) => ({ group, pages: offered.filter(({ meta }) => (meta?.group ?? 'portfolio') === group) }))
    .filter(({ pages: within }) => within.length > 0);
}
