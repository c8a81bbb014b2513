import type { Schema } from '@/api/client';
import { laterPart } from '@/ui/laterPart';

export type Figure = Schema<'Figure'>;

/** The button that tells where figures come from; fetched with the page that shows it, apart from what the page says. */
export const FigureSource = laterPart(() => import('./FigureSource.vue'));

/** Figures of one source together: of a report, of one entry, of a plan; in the order they come. */
export function bySource(figures: readonly Figure[]): { key: string; source: Figure; figures: Figure[] }[] {
  const groups = new Map<string, Figure[]>();
  for (const figure of figures) {
    const key = [figure.origin, figure.contentHash ?? figure.record?.hash ?? '', figure.year ?? ''].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), figure]);
  }
  return [...groups].flatMap(([key, members]) => (members[0] ? [{ key, source: members[0], figures: members }] : []));
}
