import type { Option } from '@/ui/option';
import type { Facets } from './pipeline';

type Naming = (thing: { name: string; nameEn: string }) => string;

/**
 * The choices of one filter. A chosen value that no project has any more stays
 * listed with a zero, or nobody could take it back.
 */
export function facetOptions(facets: Facets | undefined, key: keyof Facets, chosen: readonly string[], named: Naming): Option[] {
  const found = (facets?.[key] ?? []).map((facet) => ({
    value: facet.key,
    label: facetLabel(key, facet.key, named({ name: facet.label, nameEn: facet.labelEn })),
    count: facet.count,
    depth: facet.parent ? (1 as const) : (0 as const),
    keywords: facet.label,
  }));
  const lost = chosen.filter((value) => !found.some((option) => option.value === value));
  return [...found, ...lost.map((value) => ({ value, label: value, count: 0 }))];
}

// A column is spoken of by its number.
const facetLabel = (key: keyof Facets, value: string, name: string) => (key === 'column' ? `${value} ${name}` : name);

/** Which category of the first level a category belongs to. */
export function parentFrom(facets: Facets | undefined): (category: string) => string | null {
  const parents = new Map(facets?.category.map(({ key, parent }) => [key, parent]));
  return (category) => parents.get(category) ?? null;
}
