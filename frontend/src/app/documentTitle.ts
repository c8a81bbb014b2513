import { watchEffect } from 'vue';
import type { Router } from 'vue-router';
import { i18n } from '@/i18n';

/** Names the browser tab after the page, in the language being read. */
export function followTitle(router: Router): void {
  const { t } = i18n.global;
  watchEffect(() => {
    const { title } = router.currentRoute.value.meta;
    document.title = title ? `${t(title)} · ${t('app.name')}` : t('app.name');
  });
}
