import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';
import { callQuery, type ProjectFilter } from '@/api/projectFilter';

export type Place = Schema<'Place'>;
export type Corridor = Schema<'Corridor'>;

/** The two answers to "where" that are no district. */
export const placeless = ['none', 'citywide'] as const;

/** What a district's colour can tell. */
export const measures = ['projects', 'red', 'late', 'investment'] as const;
export type Measure = (typeof measures)[number];

export function isMeasure(value: string): value is Measure {
  return (measures as readonly string[]).includes(value);
}

/** Where the projects of the filter lie, whatever districts it chooses. */
export function usePlaces(filter: MaybeRefOrGetter<ProjectFilter>) {
  const query = computed(() => ({ ...callQuery(toValue(filter)), district: undefined }));
  return useQuery({
    queryKey: computed(() => keys.places(query.value)),
    queryFn: ({ signal }) => content(client.GET('/api/v1/projects/places', { params: { query: query.value }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** How the city's districts are drawn; none where nobody has drawn them yet. */
export function useSchematic() {
  return useQuery({
    queryKey: keys.reference.schematic,
    queryFn: ({ signal }) => content(client.GET('/api/v1/districts/schematic', { signal })),
    staleTime: Infinity,
  });
}

/** As a number, for comparing shades only: sums are printed as they came. */
export function measured(place: Place, measure: Measure): number {
  return measure === 'investment' ? Number(place.investment.total) : place[measure];
}

export const levels = 5;

/** The shade of a value among values up to `most`: 0 is none, and the highest has the deepest. */
export function shadeOf(value: number, most: number): number {
  return value <= 0 || most <= 0 ? 0 : Math.max(1, Math.ceil((value / most) * levels));
}
