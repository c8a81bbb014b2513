import { defineAsyncComponent, h } from 'vue';
import { quiet } from '@/api/network';
import { loadWords } from '@/i18n';
import { fetchPart } from '@/ui/laterPart';

/** The filter's projects as a file. Fetched after the page; its place is kept, so that nothing moves. */
export const ExportMenu = defineAsyncComponent({
  loader: () =>
    fetchPart(async () => {
      await quiet();
      const [menu] = await Promise.all([import('./ExportMenu.vue'), loadWords()]);
      return menu.default;
    }),
  loadingComponent: () => h('i', { style: 'width:var(--control)' }),
  delay: 0,
});
