import { useQuery } from '@tanstack/vue-query';
import { client, content } from '@/api/client';
import { keys } from '@/api/keys';

/** Since when the records are kept, and which past month-ends can be asked for, the latest first. */
export function useRecord() {
  return useQuery({
    queryKey: keys.record,
    queryFn: ({ signal }) => content(client.GET('/api/v1/record', { signal })),
    staleTime: 60 * 60_000,
  });
}

/** "2026-08" of a day in it. */
export const monthOf = (day: string): string => day.slice(0, 7);

/** The last day of a month; whatever is none stays as it is. */
export function monthEnd(month: string): string {
  const [, year, number] = /^(\d{4})-(\d{2})$/.exec(month) ?? [];
  return year ? new Date(Date.UTC(Number(year), Number(number), 0)).toISOString().slice(0, 10) : month;
}

/** Month-ends by year, as they come. */
export function byYear(ends: readonly string[]): { year: string; months: string[] }[] {
  const years = [...new Set(ends.map((end) => end.slice(0, 4)))];
  return years.map((year) => ({ year, months: ends.filter((end) => end.startsWith(year)).map(monthOf) }));
}
