import type { Locale } from './money';

// A formatter costs a hundred times what it writes: each kind is made once and kept.
function kept(options?: Intl.NumberFormatOptions) {
  const made = new Map<Locale, Intl.NumberFormat>();
  return (value: number, locale: Locale): string => {
    let format = made.get(locale);
    if (!format) made.set(locale, (format = new Intl.NumberFormat(locale === 'zh' ? 'zh-CN' : 'en', options)));
    return format.format(value);
  };
}

/** With its thousands apart: "10,355". */
export const numberText = kept();

/** From a share of one: 0.432 is "43.2%". */
export const percentText = kept({ style: 'percent', maximumFractionDigits: 1 });
