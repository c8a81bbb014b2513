import { useI18n } from 'vue-i18n';
import { slipWords } from '@/components/slip';
import { useFormat } from '@/composables/useFormat';
import { placed, type Mark } from './layout';

/** What a mark says to somebody who does not see it. */
export function useMarkWords() {
  const { t } = useI18n();
  const { planDate } = useFormat();
  return ({ milestone, state }: Mark): string => {
    const stretch = placed(milestone);
    const slip = slipWords(milestone.slip ?? null);
    const parts = [
      milestone.phase ? `${milestone.name} ${milestone.phase}` : milestone.name,
      `${t(`timeline.state.${state}`)} ${stretch ? planDate(stretch.stated) : ''}`,
      slip ? t(slip.key, { days: slip.days }) : '',
    ];
    return parts.filter(Boolean).join(t('timeline.comma'));
  };
}
