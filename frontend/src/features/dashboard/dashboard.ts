import type { Schema } from '@/api/client';
import { stages, type Stage } from '@/lib/stage';

export type Pipeline = Schema<'Pipeline'>;
export type StageLine = Pipeline['stages'][number];
export type CategoryLine = Pipeline['byCategory'][number];
export type ColumnLine = Pipeline['byColumn'][number];
export type DistrictLine = Pipeline['byDistrict'][number];
export type OwnerLine = Pipeline['byOwner'][number];

/** The verdicts of the rule, the most pressing first. */
export const ruleLights = ['red', 'yellow', 'green', 'grey', 'completed', 'paused', 'exited'] as const;

/** How strongly a cell is shaded, 0 (none) to 5, against the fullest cell of its table. */
export function heatLevel(count: number, fullest: number): number {
  return count > 0 && fullest > 0 ? Math.ceil((count / fullest) * 5) : 0;
}

export function fullestCell(lines: readonly CategoryLine[]): number {
  return Math.max(0, ...lines.flatMap((line) => Object.values(line.stages)));
}

/** Columns with projects, and those that name none: shown, too, but in a line. */
export function splitColumns(lines: readonly ColumnLine[]): { named: ColumnLine[]; empty: ColumnLine[] } {
  return {
    named: lines.filter((line) => line.mentions > 0),
    empty: lines.filter((line) => line.mentions === 0),
  };
}

/**
 * Promises over all columns; a project in three columns made three. A stage
 * that was derived shows nothing about a promise: those stand apart, unconfirmed.
 */
export function fulfilment(lines: readonly ColumnLine[]): Record<'kept' | 'promised' | 'unconfirmed', number> {
  const total = (key: 'kept' | 'promised' | 'unconfirmed') => lines.reduce((sum, line) => sum + line[key], 0);
  return { kept: total('kept'), promised: total('promised'), unconfirmed: total('unconfirmed') };
}

/** The stages that occur, in order, for a bar of parts. */
export function stageParts(counts: ColumnLine['stages']): { stage: Stage; count: number }[] {
  return stages.map((stage) => ({ stage, count: counts[stage] ?? 0 })).filter(({ count }) => count > 0);
}

/** Those with the most to act on first: red lights, then lateness, then size; equal ones keep the order of the organisation tree. */
export function mostPressing(lines: readonly OwnerLine[]): OwnerLine[] {
  return [...lines].sort((a, b) => b.red - a.red || b.late - a.late || b.projects - a.projects);
}
