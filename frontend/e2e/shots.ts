import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../.screenshots', import.meta.url));

/** The ways in which every screen is looked at. */
export const looks = [
  { look: 'light', theme: 'light', width: 1440, height: 900 },
  { look: 'dark', theme: 'dark', width: 1440, height: 900 },
  { look: 'phone', theme: 'light', width: 390, height: 844 },
  { look: 'phone-dark', theme: 'dark', width: 390, height: 844 },
] as const;

export type Look = (typeof looks)[number];

/** Shows the page in one look, opened or still to be opened. */
export async function wear(page: Page, { theme, width, height }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await page.setViewportSize({ width, height });
}

/** Keeps a picture of the whole page for a person to look at; git ignores the folder. */
export async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
