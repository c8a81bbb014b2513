import '@/ui/tokens.css';
import '@/ui/base.css';
import { VueQueryPlugin } from '@tanstack/vue-query';
import { createApp } from 'vue';
import { createWebHistory } from 'vue-router';
import '@/composables/useTheme'; // follows the system's theme from the first page on
import { acceptLanguage, client } from '@/api/client';
import { newQueryClient } from '@/api/queryClient';
import { startSession } from '@/features/session/session';
import { i18n, languageTags, setLocale, storedLocale } from '@/i18n';
import App from './App.vue';
import { followTitle } from './documentTitle';
import { reloadOnNewVersion } from './newVersion';
import { newRouter, signInFor } from './router';

async function boot(): Promise<void> {
  await setLocale(storedLocale());
  client.use(acceptLanguage(() => languageTags[i18n.global.locale.value]));

  const queries = newQueryClient(() => {
    startSession(queries, null);
    const here = router.currentRoute.value;
    if (!here.meta.open) void router.replace(signInFor(here));
  });
  const router = newRouter(createWebHistory(), queries);
  followTitle(router);
  reloadOnNewVersion(router);

  createApp(App).use(i18n).use(VueQueryPlugin, { queryClient: queries }).use(router).mount('#app');
}

// A page taken whole from the browser's memory may show what its reader, since
// signed out, had on the screen.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});

void boot();
