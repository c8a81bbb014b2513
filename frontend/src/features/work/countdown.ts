/** How far off a deadline is, as a message key and its number. */
export interface Countdown {
  key: 'work.daysLeft' | 'work.today' | 'work.daysOver';
  days: number;
  tone: 'neutral' | 'warn' | 'bad';
}

/** From this many days on a deadline is near. */
const near = 3;

/** Both are civil dates, yyyy-mm-dd: a deadline is over when its day is. */
export function countdown(due: string, today: string): Countdown {
  const days = Math.round((Date.parse(`${due}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000);
  if (days < 0) return { key: 'work.daysOver', days: -days, tone: 'bad' };
  return { key: days === 0 ? 'work.today' : 'work.daysLeft', days, tone: days <= near ? 'warn' : 'neutral' };
}
