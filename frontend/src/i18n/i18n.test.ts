import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { i18n, setLocale } from '.';

const source = resolve(import.meta.dirname, '..');

function leaves(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
}

function messages(locale: string): Map<string, string> {
  const folder = join(import.meta.dirname, locale);
  const all = readdirSync(folder).flatMap((file) =>
    leaves(JSON.parse(readFileSync(join(folder, file), 'utf8')), file.replace('.json', '')),
  );
  return new Map(all);
}

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe('both languages', () => {
  const zh = messages('zh');
  const en = messages('en');

  it('have the same keys', () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort());
  });

  it('fill in the same values', () => {
    for (const [key, text] of zh) expect([key, placeholders(en.get(key) ?? '')]).toEqual([key, placeholders(text)]);
  });

  it('leave nothing empty and no Chinese in the English', () => {
    for (const [key, text] of [...zh, ...en]) expect([key, text.trim()]).not.toEqual([key, '']);
    for (const [key, text] of en) expect([key, /[\u4e00-\u9fff]/.test(text)]).toEqual([key, false]);
  });

  it('have every key that the code names', () => {
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(vue|ts)$/.test(name) && !name.includes('.test.'));
    const named = files.flatMap((name) => {
      const code = readFileSync(join(source, name), 'utf8');
      return [...code.matchAll(/\bt\(\s*'([\w.]+)'|\btitle: '([a-z]\w*\.\w+)'/g)].map((match) => [name, match[1] ?? match[2] ?? '']);
    });
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(([, key = '']) => !zh.has(key))).toEqual([]);
  });

  it('switch the document and the words together', async () => {
    await setLocale('en');
    expect(document.documentElement.lang).toBe('en');
    expect(i18n.global.t('ui.retry')).toBe(en.get('ui.retry'));
    await setLocale('zh');
    expect(document.documentElement.lang).toBe('zh-CN');
    expect(i18n.global.t('ui.chosen', { count: 3 })).toBe('已选 3 项');
  });
});
