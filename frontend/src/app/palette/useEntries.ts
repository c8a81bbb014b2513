import { computed, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter, type RouteLocationRaw } from 'vue-router';
import { pathOf, routeQuery, useViews } from '@/components/view/view';
import { useLocale } from '@/composables/useLocale';
import { useTheme } from '@/composables/useTheme';
import { useUnits } from '@/composables/useUnits';
import { useLeave } from '@/features/session/leave';
import { useSession } from '@/features/session/session';
import type { SearchResult } from '@/features/search/search';
import { recentProjects } from '@/lib/kept';
import { overlay } from '../overlay';
import { navigation } from '../routes';
import { actWords, named as isNamed, pageWords } from './words';

/** One line of the palette: what it is called, what tells it apart, and what Enter does. */
export interface Entry {
  id: string;
  name: string;
  note: string;
  go: () => unknown;
}

export interface Group {
  name: 'recent' | 'pages' | 'projects' | 'organisations' | 'columns' | 'views' | 'acts';
  entries: Entry[];
}

/** How many pages and acts a text may find: the server's hits come after them. */
const few = 4;

/** Everything that can be reached, for the text that is typed. */
export function useEntries(text: Ref<string>, found: Ref<SearchResult | null>) {
  const { t } = useI18n();
  const router = useRouter();
  const { can } = useSession();
  const { locale, named } = useLocale();
  const { theme, choose } = useTheme();
  const { unit } = useUnits();
  const leave = useLeave();
  const recent = recentProjects();
  const { data: views } = useViews(can('project:read'));

  const to = (location: RouteLocationRaw) => () => router.push(location);
  const english = computed(() => locale.value === 'en');
  const wanted = computed(() => text.value.trim());

  const pages = computed(() => {
    const own = [
      { name: 'inbox', title: 'app.notices' },
      { name: 'account', title: 'session.account' },
    ];
    const all = [...navigation(can).map(({ name, meta }) => ({ name: String(name), title: meta?.title ?? '' })), ...own];
    return all.map(({ name, title }) => ({ id: `page-${name}`, name: t(title), note: '', words: pageWords[name] ?? '', go: to({ name }) }));
  });

  const acts = computed(() => {
    const dark = theme.value === 'dark';
    const chosen = unit.value === 'wan' ? 'yi' : 'wan';
    return [
      { id: 'theme', name: t(dark ? 'app.switchToLight' : 'app.switchToDark'), go: () => choose(dark ? 'light' : 'dark') },
      { id: 'language', name: english.value ? '切换到中文' : 'Switch to English', go: () => (locale.value = english.value ? 'zh' : 'en') },
      { id: 'unit', name: t('live.act.unit', { unit: t(`app.units.${chosen}`) }), go: () => (unit.value = chosen) },
      { id: 'shortcuts', name: t('live.shortcuts'), go: () => (overlay.value = 'shortcuts') },
      { id: 'preferences', name: t('live.preferences'), go: to({ name: 'account', hash: '#account-preferences' }) },
      { id: 'signOut', name: t('session.signOut'), go: leave },
    ].map((act) => ({ ...act, id: `act-${act.id}`, note: '', words: actWords[act.id as keyof typeof actWords] }));
  });

  const saved = computed(() =>
    (views.value ?? []).map(({ id, name, page, query, mine, owner }) => ({
      id: `view-${id}`, name, note: mine ? '' : owner, words: '', go: to({ path: pathOf(page), query: routeQuery(query) }),
    })),
  );

  const matching = <Listed extends { name: string; words: string }>(listed: Listed[]) =>
    wanted.value ? listed.filter(({ name, words }) => isNamed(wanted.value, name, words)).slice(0, few) : listed;

  const groups = computed<Group[]>(() => {
    const { projects = [], organisations = [], columns = [] } = found.value ?? {};
    const count = (projectCount: number) => t('live.projects', { count: projectCount });
    const all: Group[] = [
      {
        name: 'recent',
        entries: wanted.value || !can('project:read') ? [] : recent.map(({ id, code, name }) => ({ id: `recent-${id}`, name, note: code, go: to(`/projects/${id}`) })),
      },
      { name: 'pages', entries: matching(pages.value) },
      {
        name: 'projects',
        entries: projects.map(({ id, code, name, owner, ownerEn, stage, standing }) => ({
          id: `project-${id}`,
          name,
          note: [code, english.value ? ownerEn || owner : owner, t(standing === 'active' ? `stage.${stage}` : `standing.${standing}`)].join(' · '),
          go: to(`/projects/${id}`),
        })),
      },
      {
        name: 'organisations',
        entries: organisations.map((organisation) => ({
          id: `organisation-${organisation.code}`,
          name: named(organisation),
          note: count(organisation.projects),
          go: to({ name: 'projects', query: { ownerTree: organisation.code } }),
        })),
      },
      {
        name: 'columns',
        entries: columns.map(({ number, title, titleEn, projects: projectCount }) => ({
          id: `column-${number}`,
          name: t('live.column', { number, title: named({ name: title, nameEn: titleEn }) }),
          note: count(projectCount),
          go: to({ name: 'projects', query: { column: String(number) } }),
        })),
      },
      { name: 'views', entries: matching(saved.value) },
      { name: 'acts', entries: matching(acts.value) },
    ];
    return all.filter(({ entries }) => entries.length > 0);
  });

  return { groups, wanted };
}
