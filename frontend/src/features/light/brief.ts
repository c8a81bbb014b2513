import type { Clause } from './light';

const weight: Partial<Record<Clause['light'], number>> = { red: 3, yellow: 2, green: 1 };

/** What a light rests on, the worst first. */
export function worstFirst<Said extends Pick<Clause, 'light'>>(clauses: readonly Said[]): Said[] {
  const by = ({ light }: Said) => weight[light] ?? 0;
  return [...clauses].sort((one, other) => by(other) - by(one));
}

/** Whether a clause speaks against the project. */
export const warns = ({ light }: Pick<Clause, 'light'>): boolean => light === 'red' || light === 'yellow';

/** Why the rule warns, a sentence each, the worst first. */
export const reasonsOf = (clauses: readonly Pick<Clause, 'light' | 'sentence'>[]): string[] =>
  worstFirst(clauses).filter(warns).map(({ sentence }) => sentence);
