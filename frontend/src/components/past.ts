import { loadWords } from '@/i18n';
import { laterPart } from '@/ui/laterPart';

/** What says that a page is of the past, and chooses the month; fetched by those who look back. */
export const PastTime = laterPart(() => Promise.all([import('./PastTime.vue'), loadWords()]).then(([past]) => past.default));
