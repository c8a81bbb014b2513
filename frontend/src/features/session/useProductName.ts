import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useLocale } from '@/composables/useLocale';
import { useInstance } from './session';

/** The system's name with its city, once that is known. */
export function useProductName() {
  const { t } = useI18n();
  const { locale } = useLocale();
  const { data } = useInstance();
  return computed(() => {
    const { city = '', cityEn = '' } = data.value ?? {};
    return locale.value === 'zh' ? city + t('app.name') : `${cityEn} ${t('app.name')}`.trim();
  });
}
