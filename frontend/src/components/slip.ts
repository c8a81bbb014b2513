import type { Tone } from '@/ui/UiTag.vue';

export interface SlipWords {
  key: string;
  days: number;
  tone: Tone;
}

/** Past this many days late is no longer a matter for watching only. */
const seriouslyLate = 30;

/**
 * Lateness against the original baseline in words. Without a forecast there is no
 * verdict, and none is shown.
 */
export function slipWords(days: number | null): SlipWords | null {
  if (days === null) return null;
  if (days > 0) return { key: 'project.late', days, tone: days > seriouslyLate ? 'bad' : 'warn' };
  if (days < 0) return { key: 'project.early', days: -days, tone: 'ok' };
  return { key: 'project.onTime', days: 0, tone: 'ok' };
}
