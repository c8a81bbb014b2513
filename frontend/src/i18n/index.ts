import { markRaw } from 'vue';
import { createI18n, type PathValue } from 'vue-i18n';
import type { Locale } from '@/lib/money';
import { remember, remembered } from '@/lib/storage';

type Messages = Record<string, Record<string, unknown>>;

/**
 * One file per noun; its name is the first part of every key in it. Words never change: left raw, none of the thousands
 * is watched, which cost a phone a sixth of a second.
 */
function byName(files: Record<string, Record<string, unknown>>): Messages {
  return markRaw(
    Object.fromEntries(Object.entries(files).map(([path, messages]) => [path.replace(/^.*\/(\w+)\.json$/, '$1'), messages])),
  );
}

// What sign-in and list say comes with the program, the rest with the first
// page that needs it: see chinese.ts.
const firstWords = byName(
  import.meta.glob('./zh/{app,light,page,project,session,stage,standing,target,ui}.json', { eager: true, import: 'default' }),
);
const loadEnglish = async () => byName((await import('./english')).files);

/** Languages by the tag the document and the API use. */
export const languageTags: Record<Locale, string> = { zh: 'zh-CN', en: 'en' };

export const i18n = createI18n({
  legacy: false,
  locale: 'zh' as Locale,
  fallbackLocale: 'zh',
  messages: { zh: firstWords } as Partial<Record<Locale, Messages>>,
  // Keys are paths into the files; the library's small edition looks up flat ones.
  messageResolver: (messages, path) =>
    path.split('.').reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], messages) as PathValue,
});

/** Adds Chinese words once; a failed fetch is tried anew the next time. */
function once(load: () => Promise<Messages>): () => Promise<void> {
  let going: Promise<void> | undefined;
  return () =>
    (going ??= load().then(
      (words) => i18n.global.setLocaleMessage('zh', markRaw({ ...i18n.global.getLocaleMessage('zh'), ...words })),
      (failure: unknown) => {
        going = undefined;
        throw failure;
      },
    ));
}

/** Makes sure that the words of every page are there. */
export const loadWords = once(async () => byName((await import('./chinese')).files));

/** Those of the tools around the project table: saved views, columns, changes of many. */
export const loadTableWords = once(async () => ({ table: (await import('./zh/table.json')).default }));

/** Speaks another language from now on; its words are fetched when first needed. */
export async function setLocale(locale: Locale): Promise<void> {
  if (locale === 'en' && !i18n.global.availableLocales.includes('en')) {
    i18n.global.setLocaleMessage('en', await loadEnglish());
  }
  i18n.global.locale.value = locale;
  document.documentElement.lang = languageTags[locale];
  remember('locale', locale);
}

/** The language chosen on this device; Chinese until another is. */
export function storedLocale(): Locale {
  return remembered('locale') === 'en' ? 'en' : 'zh';
}
