import type { Clause } from './light';

const weight: Partial<Record<Clause['light'], number>> = { red: 3, yellow: 2, green: 1 };

/** What a light rests on, the worst first: every clause that warns, or where none does the first that was weighed. */
export function telling<Said extends Pick<Clause, 'light'>>(clauses: readonly Said[]): Said[] {
  const by = (clause: Said) => weight[clause.light] ?? 0;
  const warning = clauses.filter((clause) => by(clause) > 1).sort((one, other) => by(other) - by(one));
  return warning.length > 0 ? warning : clauses.slice(0, 1);
}
