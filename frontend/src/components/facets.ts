import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';
import { callQuery, type ProjectFilter } from '@/api/projectFilter';
import type { Option } from '@/ui/option';

export type Facets = Schema<'ProjectFacets'>;
type FacetKey = Exclude<keyof Facets, 'asOf'>;
type Facet = Schema<'Facet'>;

/** The choices of every filter, each counted with all the others applied. */
export function useFacets(filter: MaybeRefOrGetter<ProjectFilter>) {
  const query = computed(() => callQuery(toValue(filter)));
  return useQuery({
    queryKey: computed(() => keys.project.facets(query.value)),
    queryFn: ({ signal }) => content(client.GET('/api/v1/projects/facets', { params: { query: query.value }, signal })),
    placeholderData: keepPreviousData,
  });
}

// In these lists a choice stands below the one it is part of.
const nested: readonly FacetKey[] = ['category', 'district'];

/**
 * The choices of one filter, called what `wordsOf` says. A chosen value that no
 * project has any more stays listed with a zero, or nobody could take it back.
 */
export function facetOptions(
  facets: Facets | undefined,
  key: FacetKey,
  chosen: readonly string[],
  wordsOf: (facet: Pick<Facet, 'key' | 'label' | 'labelEn'>) => string,
): Option[] {
  const found = (facets?.[key] ?? []).map((facet) => ({
    value: facet.key,
    label: wordsOf(facet),
    count: facet.count,
    depth: facet.parent && nested.includes(key) ? (1 as const) : (0 as const),
    keywords: facet.label,
  }));
  const lost = chosen.filter((value) => !found.some((option) => option.value === value));
  return [...found, ...lost.map((value) => ({ value, label: wordsOf({ key: value, label: '', labelEn: '' }), count: 0 }))];
}

/** Which category of the first level a category belongs to. */
export function parentFrom(facets: Facets | undefined): (category: string) => string | null {
  const parents = new Map(facets?.category.map(({ key, parent }) => [key, parent]));
  return (category) => parents.get(category) ?? null;
}

/** The counts of lateness that are asked for most: any, past a month, a quarter, half a year. */
export const latenesses = ['1', '31', '91', '181'] as const;

/** The lateness choices with one from the address that is none of the usual. */
export function latenessChoices(chosen: string): readonly string[] {
  return chosen && !latenesses.some((days) => days === chosen) ? [...latenesses, chosen] : latenesses;
}
