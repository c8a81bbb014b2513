import { createI18n } from 'vue-i18n';
import type { Locale } from '@/lib/money';
import { remember, remembered } from '@/lib/storage';

type Messages = Record<string, Record<string, unknown>>;

/** One file per noun; its name is the first part of every key in it. */
function byName(files: Record<string, Record<string, unknown>>): Messages {
  return Object.fromEntries(
    Object.entries(files).map(([path, messages]) => [path.replace(/^.*\/(\w+)\.json$/, '$1'), messages]),
  );
}

const chinese = byName(import.meta.glob('./zh/*.json', { eager: true, import: 'default' }));
const loadEnglish = async () => byName((await import('./english')).files);

/** Languages by the tag the document and the API use. */
export const languageTags: Record<Locale, string> = { zh: 'zh-CN', en: 'en' };

export const i18n = createI18n({
  legacy: false,
  locale: 'zh' as Locale,
  fallbackLocale: 'zh',
  messages: { zh: chinese } as Partial<Record<Locale, Messages>>,
});

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
