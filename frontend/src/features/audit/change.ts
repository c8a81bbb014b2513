export interface Change {
  field: string;
  /** Undefined when the field was not there at all. */
  before: unknown;
  after: unknown;
}

type Fields = Record<string, unknown>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** What an act changed, field by field, in the order it was written down. */
export function changesOf(before: unknown, after: unknown): Change[] {
  const was = fieldsOf(before);
  const is = fieldsOf(after);
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].map((field) => ({ field, before: was[field], after: is[field] }));
}

/** Where the words for a recorded value are, when it is one of a known list. */
const wordsOf: Record<string, string> = { stage: 'stage', standing: 'standing', roles: 'role' };

/** A recorded value as text: `say` puts words to codes, and is asked for a key only where there may be one. */
export function valueText(field: string, value: unknown, say: (key: string) => string | null): string {
  if (value === undefined || value === null || value === '') return '';
  if (typeof value === 'boolean') return say(`audit.${value ? 'yes' : 'no'}`) ?? String(value);
  if (Array.isArray(value)) return value.map((item) => valueText(field, item, say)).join('、');
  if (typeof value === 'object') return JSON.stringify(value);
  const noun = wordsOf[field];
  return (noun && say(`${noun}.${String(value)}`)) || String(value);
}
