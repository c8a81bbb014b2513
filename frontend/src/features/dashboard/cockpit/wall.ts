import { useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, onBeforeUnmount, onMounted, ref, toValue, type MaybeRefOrGetter, type Ref } from 'vue';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';
import { callQuery, narrowedTo, type ProjectFilter } from '@/api/projectFilter';

export type AlertRow = Schema<'ProjectRow'>;

/** How often the wall asks by itself, and how old its figures may be before it says that they are old. */
export const pollEvery = 60_000;
export const staleAfter = 150_000;

/** The red projects of the filter, the latest first: what the wall names. */
export function useAlerts(filter: MaybeRefOrGetter<ProjectFilter>, most: number) {
  const red = computed(() => narrowedTo(toValue(filter), 'ruleLight', 'red'));
  const query = computed(() => ({ ...callQuery(red.value ?? toValue(filter)), sort: '-slip', limit: most }));
  return useQuery({
    queryKey: computed(() => keys.project.list({ ...query.value, wall: true })),
    queryFn: ({ signal }) => content(client.GET('/api/v1/projects', { params: { query: query.value }, signal })),
    select: (page) => page.items,
    enabled: () => red.value !== null,
  });
}

/** What the wall says of its own figures: fresh, or since when they are old. */
export function connectionOf(state: { failed: boolean; paused: boolean; updatedAt: number; now: number }): 'fresh' | 'lost' {
  const old = state.updatedAt > 0 && state.now - state.updatedAt > staleAfter;
  return state.failed || state.paused || old ? 'lost' : 'fresh';
}

/** The clock on the wall. Each minute everything that is shown is asked for again. */
export function useWallClock(): Ref<number> {
  const queries = useQueryClient();
  const now = ref(Date.now());
  let asked = Date.now();
  const tick = setInterval(() => {
    now.value = Date.now();
    if (now.value - asked < pollEvery) return;
    asked = now.value;
    void queries.refetchQueries({ queryKey: keys.project.all, type: 'active' });
  }, 1000);
  onBeforeUnmount(() => clearInterval(tick));
  return now;
}

/** A wall is dark whatever the reader chose for the rest. */
export function useDarkRoom() {
  const root = document.documentElement;
  let before: string | undefined;
  onMounted(() => {
    before = root.dataset['theme'];
    root.dataset['theme'] = 'dark';
  });
  onBeforeUnmount(() => {
    if (before) root.dataset['theme'] = before;
  });
}

/** The whole screen, and back. */
export function useFullScreen() {
  const full = ref(document.fullscreenElement !== null);
  const follow = () => (full.value = document.fullscreenElement !== null);
  document.addEventListener('fullscreenchange', follow);
  onBeforeUnmount(() => document.removeEventListener('fullscreenchange', follow));
  const toggle = () => void (full.value ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  return { full, toggle, offered: document.fullscreenEnabled };
}
