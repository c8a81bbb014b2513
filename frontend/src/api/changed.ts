type Hearer = (projects: readonly number[] | null) => void;
const hearers = new Set<Hearer>();

/** Hears which projects changed, just before what was read of them is made stale; null is anything. Returns what ends it. */
export function onChanged(hearer: Hearer): () => void {
  hearers.add(hearer);
  return () => void hearers.delete(hearer);
}

/** Says which projects changed, so that a long list reads no more again than it must. */
export function tellChanged(projects: readonly number[] | null): void {
  for (const hearer of hearers) hearer(projects);
}
