import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { isDefault, readQuery, writeQuery, type UrlShape } from '@/lib/urlState';

/**
 * The part of a page's state that belongs in its address: filter, sort, view.
 * The address is the only copy; a link or the Back button restores it.
 */
export function useUrlState<Shape extends UrlShape>(defaults: Shape) {
  const route = useRoute();
  const router = useRouter();
  const state: ComputedRef<Shape> = computed(() => readQuery(defaults, route.query));

  /** `replace` is for typing, where every letter would be one step back. */
  function set(patch: Partial<Shape>, how: 'push' | 'replace' = 'push') {
    const query = writeQuery(defaults, { ...state.value, ...patch }, route.query);
    return router[how]({ query, hash: route.hash });
  }

  /** A two-way binding for one key, for v-model. */
  function bound<Key extends keyof Shape>(key: Key, how: 'push' | 'replace' = 'push') {
    return computed<Shape[Key]>({
      get: () => state.value[key],
      set: (value) => void set({ [key]: value } as unknown as Partial<Shape>, how),
    });
  }

  return {
    state,
    set,
    bound,
    /** Whether any of these keys (all, when none is named) narrows anything. */
    narrowed: (...names: (keyof Shape & string)[]) =>
      (names.length > 0 ? names : Object.keys(defaults)).some((key) => !isDefault(state.value[key] ?? '', defaults[key])),
    /** Back to the defaults, but for a key that says something else than what is shown. */
    clear: (kept?: keyof Shape & string) => set(kept ? { ...defaults, [kept]: state.value[kept] } : defaults),
  };
}
