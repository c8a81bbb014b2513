import type { LocationQuery, LocationQueryRaw } from 'vue-router';

/** What a page keeps in its address: each key with its default. A list may repeat. */
export type UrlShape = Record<string, string | string[]>;

/** A shape's defaults overlaid with what the address says. */
export function readQuery<Shape extends UrlShape>(defaults: Shape, query: LocationQuery): Shape {
  const entries = Object.entries(defaults).map(([key, fallback]) => {
    const given = [query[key] ?? []].flat().filter((value) => value !== null && value !== '');
    if (given.length === 0) return [key, fallback];
    return [key, Array.isArray(fallback) ? given : given[0]];
  });
  return Object.fromEntries(entries) as Shape;
}

/**
 * The address for a state. Defaults are left out, so that the shortest address
 * means the whole list; keys the shape does not know stay as they are.
 */
export function writeQuery<Shape extends UrlShape>(defaults: Shape, state: Shape, current: LocationQuery): LocationQueryRaw {
  const foreign = Object.entries(current).filter(([key]) => !(key in defaults));
  const own = Object.entries(state).filter(([key, value]) => !isDefault(value, defaults[key]));
  return Object.fromEntries([...foreign, ...own]);
}

/** Whether a value says no more than its default does. */
export function isDefault(value: string | string[], fallback: string | string[] | undefined): boolean {
  return JSON.stringify(value) === JSON.stringify(fallback) || value.length === 0;
}
