// What somebody types over a thing that others may change meanwhile.

/** A field that somebody else changed while it was being typed over. */
export interface Overlap<Draft> {
  field: keyof Draft & string;
  mine: Draft[keyof Draft];
  theirs: Draft[keyof Draft];
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
const fieldsOf = <Draft extends object>(draft: Draft) => Object.keys(draft) as (keyof Draft & string)[];

/** The fields in which two states differ, in the order of the form. */
export function changedFields<Draft extends object>(base: Draft, draft: Draft): (keyof Draft & string)[] {
  return fieldsOf(draft).filter((field) => !same(base[field], draft[field]));
}

/** Only what differs from the base: the body of a partial edit. */
export function changeOf<Draft extends object>(base: Draft, draft: Draft): Partial<Draft> {
  const entries = changedFields(base, draft).map((field) => [field, draft[field]]);
  return Object.fromEntries(entries) as Partial<Draft>;
}

/**
 * The draft on top of what somebody else saved meanwhile: what was typed stays, what
 * was not touched follows. Fields that both changed, differently, are named so that
 * a person can choose.
 */
export function rebase<Draft extends object>(base: Draft, theirs: Draft, mine: Draft): { draft: Draft; followed: (keyof Draft & string)[]; overlaps: Overlap<Draft>[] } {
  const typed = changedFields(base, mine);
  const moved = changedFields(base, theirs);
  const draft = { ...theirs };
  for (const field of typed) draft[field] = mine[field];
  return {
    draft,
    followed: moved.filter((field) => !typed.includes(field)),
    overlaps: moved
      .filter((field) => typed.includes(field) && !same(theirs[field], mine[field]))
      .map((field) => ({ field, mine: mine[field], theirs: theirs[field] })),
  };
}
