import { computed } from 'vue';
import { i18n, setLocale } from '@/i18n';
import type { Locale } from '@/lib/money';

/** The language being read; setting it fetches the words, then switches all at once. */
export function useLocale() {
  return {
    locale: computed<Locale>({
      get: () => i18n.global.locale.value,
      set: (locale) => void setLocale(locale),
    }),
    /** A name in the language read: reference data carry both. */
    named: (thing: { name: string; nameEn: string }) =>
      i18n.global.locale.value === 'en' && thing.nameEn ? thing.nameEn : thing.name,
  };
}
