import { grouped, isDecimal, round, shift, trimmed } from './decimal';

/** What money is shown in: wan = 万元 (ten thousand), yi = 亿元 (a hundred million). */
export type MoneyUnit = 'wan' | 'yi';
export type Locale = 'zh' | 'en';

interface Scale {
  /** Powers of ten between 元 and the unit shown. */
  power: number;
  places: number;
  label: string;
}

// English has no 万 or 亿: the nearest units are the thousand and the million, so
// the number is converted with the word, not the word alone.
const scales: Record<Locale, Record<MoneyUnit, Scale>> = {
  zh: {
    wan: { power: 4, places: 2, label: '万元' },
    yi: { power: 8, places: 2, label: '亿元' },
  },
  en: {
    wan: { power: 3, places: 0, label: 'CNY k' },
    yi: { power: 6, places: 1, label: 'CNY m' },
  },
};

/** The unit as printed in a heading: "亿元", "CNY m". */
export function unitLabel(unit: MoneyUnit, locale: Locale): string {
  return scales[locale][unit].label;
}

/** The number alone, for a column whose heading prints the unit. */
export function moneyNumber(yuan: string, unit: MoneyUnit, locale: Locale): string {
  const { power, places } = scales[locale][unit];
  return grouped(round(shift(yuan, -power), places));
}

/** Number and unit: "4.68 亿元", "CNY 468.0 m". */
export function moneyText(yuan: string, unit: MoneyUnit, locale: Locale): string {
  const number = moneyNumber(yuan, unit, locale);
  if (locale === 'zh') return `${number} ${unitLabel(unit, locale)}`;
  const [currency, scale] = unitLabel(unit, locale).split(' ');
  return `${currency} ${number} ${scale}`;
}

/** The amount as one would type it in that unit: exact, nothing rounded away. */
export function toInput(yuan: string, unit: MoneyUnit, locale: Locale): string {
  return trimmed(shift(yuan, -scales[locale][unit].power));
}

/**
 * Reads what was typed in that unit back into 元 with two decimals. Separators
 * and full-width digits are accepted; null means that it is no amount, is below
 * zero, or is finer than a 分.
 */
export function fromInput(typed: string, unit: MoneyUnit, locale: Locale): string | null {
  const plain = typed.normalize('NFKC').replace(/[,\s]/g, '');
  if (!isDecimal(plain) || plain.startsWith('-')) return null;
  const yuan = shift(plain, scales[locale][unit].power);
  const exact = round(yuan, 2);
  return trimmed(exact) === trimmed(yuan) ? exact : null;
}
