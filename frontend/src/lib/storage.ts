// The reader's choices on this device. Storage may be forbidden or full; a choice
// then lasts as long as the page.

const prefix = 'zhongda.';

export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(prefix + key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, value);
  } catch {
    // Nothing to do: see above.
  }
}
