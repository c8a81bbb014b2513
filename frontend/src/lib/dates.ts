import type { Locale } from './money';

export type Precision = 'year' | 'quarter' | 'month' | 'day';

/** How a day is written: 2026-11-23, or 2026年11月23日 and 23 Nov 2026. */
export type DateStyle = 'digits' | 'words';

/** A date as precisely as it is known; `date` is the last day of the period. */
export interface PlanDate {
  /** yyyy-mm-dd */
  date: string;
  precision: Precision;
}

// The business time zone. A deadline falls at midnight in the city, wherever the reader sits. China keeps one time, and
// no summer time since 1991: adding is enough, where the browser's own formatter takes a phone sixty milliseconds to make.
const aheadOfUTC = 8 * 3_600_000;

const pad = (value: number) => String(value).padStart(2, '0');

function split(iso: string): { year: number; month: number; day: number } {
  const [year = 0, month = 1, day = 1] = iso.split('-').map(Number);
  return { year, month, day };
}

/** The last day of a month, 1 to 12. */
export function lastDay(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The period that contains a year and, where it matters, its 1-based quarter or month. */
export function periodEnd(precision: Exclude<Precision, 'day'>, year: number, part = 1): PlanDate {
  const month = { year: 12, quarter: part * 3, month: part }[precision];
  return { precision, date: `${year}-${pad(month)}-${pad(lastDay(year, month))}` };
}

/** Which quarter (1–4) or month (1–12) a date lies in; 0 for precisions without parts. */
export function partOf({ date, precision }: PlanDate): number {
  const { month } = split(date);
  if (precision === 'quarter') return Math.ceil(month / 3);
  return precision === 'month' ? month : 0;
}

const quarters = ['一', '二', '三', '四'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A month, 1 to 12, where there is little room: "6月", "Jun". */
export function monthName(month: number, locale: Locale): string {
  return locale === 'zh' ? `${month}月` : (months[month - 1] ?? '');
}

function chinese({ date, precision }: PlanDate, style: DateStyle | null): string {
  const { year, month, day } = split(date);
  switch (precision) {
    case 'year':
      return `${year}年`;
    case 'quarter':
      return `${year}年${quarters[Math.ceil(month / 3) - 1]}季度`;
    case 'month':
      return `${year}年${month}月`;
    case 'day':
      return style === 'words' ? `${year}年${month}月${day}日` : date;
  }
}

function english({ date, precision }: PlanDate, style: DateStyle | null): string {
  const { year, month, day } = split(date);
  const name = monthName(month, 'en');
  switch (precision) {
    case 'year':
      return String(year);
    case 'quarter':
      return `Q${Math.ceil(month / 3)} ${year}`;
    case 'month':
      return `${name} ${year}`;
    case 'day':
      return style === 'digits' ? date : `${day} ${name} ${year}`;
  }
}

/** Never more precise than what is known: 2027年三季度 stays that. Without a style, a day is in digits in Chinese and in words in English. */
export function planDateText(value: PlanDate, locale: Locale, style: DateStyle | null = null): string {
  return (locale === 'zh' ? chinese : english)(value, style);
}

/** A civil date, yyyy-mm-dd, as printed. */
export function dateText(iso: string, locale: Locale, style?: DateStyle | null): string {
  return planDateText({ date: iso, precision: 'day' }, locale, style);
}

/** An instant by the clock of the city: yyyy-mm-dd and hh:mm. */
export function cityClock(instant: string | number): { day: string; time: string } {
  const there = new Date(new Date(instant).getTime() + aheadOfUTC).toISOString();
  return { day: there.slice(0, 10), time: there.slice(11, 16) };
}

/** An instant with its offset, in the business time zone, to the minute. */
export function instantText(instant: string, locale: Locale, style?: DateStyle | null): string {
  const { day, time } = cityClock(instant);
  return `${dateText(day, locale, style)} ${time}`;
}
