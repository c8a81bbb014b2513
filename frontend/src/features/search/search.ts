import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, onScopeDispose, ref, watch, type Ref } from 'vue';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';

export type SearchResult = Schema<'SearchResult'>;

/** What is shorter finds too much to be of use. */
const shortest = 2;
/** How long the keys must rest before the server is asked. */
const pause = 120;

/** What the server finds for the text, as it is typed; `settled` says that the hits are of this very text. */
export function useSearch(text: Ref<string>, enabled: () => boolean) {
  const wanted = computed(() => text.value.trim());
  const asked = ref(wanted.value);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(wanted, (now) => {
    clearTimeout(timer);
    timer = setTimeout(() => (asked.value = now), pause);
  });
  onScopeDispose(() => clearTimeout(timer));

  const active = computed(() => enabled() && [...asked.value].length >= shortest);
  const { data, error, isPlaceholderData, isFetching, refetch } = useQuery({
    queryKey: computed(() => keys.search(asked.value)),
    queryFn: ({ signal }) => content(client.GET('/api/v1/search', { params: { query: { q: asked.value } }, signal })),
    enabled: active,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });
  const needed = computed(() => enabled() && [...wanted.value].length >= shortest);
  return {
    found: computed<SearchResult | null>(() => (needed.value && active.value ? (data.value ?? null) : null)),
    settled: computed(() => !needed.value || (asked.value === wanted.value && !isPlaceholderData.value && (data.value !== undefined || error.value !== null))),
    searching: computed(() => needed.value && (asked.value !== wanted.value || isFetching.value)),
    failed: computed(() => needed.value && error.value !== null),
    refetch,
  };
}
