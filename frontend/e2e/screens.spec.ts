import { looks, shoot, wear } from './shots';
import { expect, expectAccessible, test } from './test';

// Every screen in every look: it shows its heading, complains about nothing, obeys
// the content security policy, and stops nobody. A new page is one line here.
const screens = [
  { name: 'sign-in', path: '/sign-in', as: '' },
  { name: 'work', path: '/work', as: 'baoan-water.editor' },
  { name: 'work-review', path: '/work', as: 'drc.reviewer1' },
  { name: 'review', path: '/review', as: 'drc.reviewer1' },
  { name: 'account', path: '/me', as: 'manager' },
  { name: 'not-found', path: '/nothing/here', as: 'manager' },
];

for (const { name, path, as } of screens) {
  test.describe(name, () => {
    test.use({ as });
    for (const look of looks) {
      test(`in ${look.look}`, async ({ page, complaints }) => {
        await wear(page, look);
        await page.goto(path, { waitUntil: 'networkidle' });
        await expect(page.locator('h1')).toBeVisible();
        await expect(page.locator('html')).toHaveAttribute('data-theme', look.theme);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow, 'nothing sticks out sideways').toBeLessThanOrEqual(0);
        await expectAccessible(page);
        await shoot(page, `${name}-${look.look}`);
        expect(complaints).toEqual([]);
      });
    }
  });
}
