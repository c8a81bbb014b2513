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
const recents = 'recent';
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

export interface Recent {
  id: number;
  code: string;
  name: string;
}

const mostRecent = 6;

/** The projects last opened on this device, the latest first. */
export function recentProjects(): Recent[] {
  try {
    const found = JSON.parse(remembered(recents) ?? '[]') as Recent[];
    return Array.isArray(found) ? found.filter(({ id, name }) => typeof id === 'number' && typeof name === 'string') : [];
  } catch {
    return [];
  }
}

export function noteRecent({ id, code, name }: Recent): void {
  const others = recentProjects().filter((recent) => recent.id !== id);
  remember(recents, JSON.stringify([{ id, code, name }, ...others].slice(0, mostRecent)));
}

/** Nothing that was typed or opened stays behind for the next person at this device. */
export function forgetDrafts(): void {
  remember(recents, null);
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
