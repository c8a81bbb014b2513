import { remember, remembered } from './storage';

// What is typed and not yet saved, kept on this device until it is: by the thing it
// belongs to, for one account at a time.

export interface Kept<Draft> {
  base: Draft;
  draft: Draft;
  /** When the last key was pressed, as an instant. */
  at: string;
}

const prefix = 'draft.';
const owner = 'draftsOf';

/** Keeps a draft; null forgets it. */
export function keep<Draft>(slot: string, kept: Omit<Kept<Draft>, 'at'> | null): void {
  remember(prefix + slot, kept && JSON.stringify({ ...kept, at: new Date().toISOString() } satisfies Kept<Draft>));
}

/** The draft of an earlier visit, or null. */
export function kept<Draft extends object>(slot: string): Kept<Draft> | null {
  try {
    const found = JSON.parse(remembered(prefix + slot) ?? 'null') as Kept<Draft> | null;
    return found && typeof found.base === 'object' && typeof found.draft === 'object' ? found : null;
  } catch {
    return null;
  }
}

/** Nothing that was typed stays behind for the next person at this device. */
export function forgetDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(`zhongda.${prefix}`)) localStorage.removeItem(key);
  } catch {
    // Storage is forbidden: nothing is kept either.
  }
}

/** Who types here from now on; another person's drafts are not theirs to see. */
export function claimDrafts(userId: number): void {
  if (remembered(owner) !== String(userId)) forgetDrafts();
  remember(owner, String(userId));
}
