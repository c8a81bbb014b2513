import { useI18n } from 'vue-i18n';
import { useFormat } from '@/composables/useFormat';
import type { Measure, Place } from './place';

/** A place and its figures in words, every one with its unit. */
export function usePlaceWords() {
  const { t } = useI18n();
  const { money, moneyNumber, moneyUnit, number, named } = useFormat();
  const nameOf = (place: Place) => named(place) || t(`project.placeless.${place.code}`);
  const figure = (place: Place, measure: Measure) => {
    if (measure !== 'investment') return t('place.count', { count: number(place[measure]) });
    return place.investment.filled > 0 ? money(place.investment.total) : t('place.unfilled');
  };
  /** As short as a map has room for: from a hundred on money has no decimals; the unit apart. */
  const short = (place: Place, measure: Measure) => {
    if (measure !== 'investment') return { value: number(place[measure]), unit: t('place.unit') };
    if (place.investment.filled === 0) return { value: t('place.unfilled'), unit: '' };
    const exact = moneyNumber(place.investment.total);
    const amount = Number(exact.replaceAll(',', ''));
    return { value: amount < 100 ? exact : number(Math.round(amount)), unit: moneyUnit() };
  };
  const coverage = ({ investment }: Place) => t('project.figures.coverage', { filled: number(investment.filled), of: number(investment.of) });
  const spoken = (place: Place) =>
    t('place.spoken', {
      name: nameOf(place),
      projects: number(place.projects),
      red: number(place.red),
      late: number(place.late),
      investment: `${figure(place, 'investment')} (${coverage(place)})`,
    });
  return { nameOf, figure, short, coverage, spoken };
}
