import type { Decision } from './project';

/** What one sentence decides, and for which acts. */
export interface Ruling {
  allowed: boolean;
  sentence: string;
  permissions: Decision['permission'][];
}

/** The decisions, each sentence once with all that it decides; what is allowed comes first. */
export function byRule(decisions: readonly Decision[]): Ruling[] {
  const rulings = new Map<string, Ruling>();
  for (const { allowed, sentence, permission } of decisions) {
    const key = `${allowed} ${sentence}`;
    const ruling = rulings.get(key) ?? { allowed, sentence, permissions: [] };
    rulings.set(key, { ...ruling, permissions: [...ruling.permissions, permission] });
  }
  return [...rulings.values()].sort((one, other) => Number(other.allowed) - Number(one.allowed));
}
