import { dateText, instantText, planDateText, type PlanDate } from '@/lib/dates';
import { moneyNumber, moneyText, unitLabel } from '@/lib/money';
import { numberText, percentText } from '@/lib/number';
import { useDateStyle } from './useDateStyle';
import { useLocale } from './useLocale';
import { useUnits } from './useUnits';

/** Formatters bound to the reader's language, unit and way of writing days; results follow all three. */
export function useFormat() {
  const { locale, named } = useLocale();
  const { unit } = useUnits();
  const style = useDateStyle();

  return {
    named,
    /** "4.68 亿元" from 元. */
    money: (yuan: string) => moneyText(yuan, unit.value, locale.value),
    /** "4.68", for a column whose heading prints `moneyUnit()`. */
    moneyNumber: (yuan: string) => moneyNumber(yuan, unit.value, locale.value),
    moneyUnit: () => unitLabel(unit.value, locale.value),
    planDate: (value: PlanDate) => planDateText(value, locale.value, style.value),
    date: (iso: string) => dateText(iso, locale.value, style.value),
    instant: (instant: string) => instantText(instant, locale.value, style.value),
    number: numberText,
    percent: percentText,
  };
}
