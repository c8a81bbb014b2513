import { describe, expect, it } from 'vitest';
import { closure, limitOf, overweight, weigh } from './budget-rules.mjs';

const manifest = {
  'index.html': { file: 'app.js', css: ['app.css'], imports: ['_vue.js'] },
  '_vue.js': { file: 'vue.js', imports: ['index.html'] },
  'src/pages/ListPage.vue': { file: 'list.js', imports: ['_vue.js'] },
};

describe('byte budgets', () => {
  it('counts scripts, styles and shared chunks once, even in a circle', () => {
    expect([...closure(manifest, ['index.html', 'src/pages/ListPage.vue'])].sort()).toEqual([
      'app.css', 'app.js', 'list.js', 'vue.js',
    ]);
  });

  it('refuses a page that the build does not know', () => {
    expect(() => closure(manifest, ['src/pages/Renamed.vue'])).toThrow('src/pages/Renamed.vue');
  });

  it('weighs compressed bytes', () => {
    const { gz, br } = weigh([Buffer.alloc(100_000, 'a')]);
    expect(gz).toBeGreaterThan(0);
    expect(gz).toBeLessThan(1);
    expect(br).toBeLessThan(gz);
  });

  it('reports a limit that is passed in either encoding', () => {
    const weight = { gz: 100, br: 90 };
    expect(overweight({ weight, gz: 100, br: 90 })).toBe(false);
    expect(overweight({ weight, gz: 99, br: Infinity })).toBe(true);
    expect(overweight({ weight, gz: 120, br: 89 })).toBe(true);
  });

  it('takes the first rule that matches and lets no chunk go without one', () => {
    const rules = [{ match: /^Board/, gz: 10 }, { match: /Page$/, gz: 45 }];
    expect(limitOf('BoardPage', rules).gz).toBe(10);
    expect(limitOf('ListPage', rules).gz).toBe(45);
    expect(() => limitOf('other', rules)).toThrow('other');
  });
});
