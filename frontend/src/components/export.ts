import { defineAsyncComponent, h } from 'vue';
import { loadWords } from '@/i18n';

/** The filter's projects as a file. Fetched after the page; its place is kept, so that nothing moves. */
export const ExportMenu = defineAsyncComponent({
  loader: () => Promise.all([import('./ExportMenu.vue'), loadWords()]).then(([menu]) => menu.default),
  loadingComponent: () => h('i', { style: 'width:var(--control)' }),
  delay: 0,
});
