import { defineAsyncComponent } from 'vue';
import { loadWords } from '@/i18n';

/** What says that a page is of the past, and chooses the month; fetched by those who look back. */
export const PastTime = defineAsyncComponent(() => Promise.all([import('./PastTime.vue'), loadWords()]).then(([past]) => past.default));
