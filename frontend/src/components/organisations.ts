import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { client, content } from '@/api/client';
import { keys } from '@/api/keys';
import { useLocale } from '@/composables/useLocale';
import type { Option } from '@/ui/option';

/** Every organisation to choose from by its id, found by full name, short name and code. */
export function useOrganisationOptions() {
  const { named } = useLocale();
  const { data } = useQuery({
    queryKey: keys.reference.organisations,
    queryFn: ({ signal }) => content(client.GET('/api/v1/organisations', { signal })),
    select: ({ items }) => items,
    staleTime: 10 * 60_000,
  });
  return computed<Option[]>(() =>
    (data.value ?? []).map((organisation) => ({
      value: String(organisation.id),
      label: named(organisation),
      keywords: `${organisation.name} ${organisation.shortName} ${organisation.code}`,
    })),
  );
}

/** The day in the city some days from now, as yyyy-mm-dd. */
export function daysFromToday(days: number, now = new Date()): string {
  const city = new Date(now.getTime() + 8 * 60 * 60_000);
  city.setUTCDate(city.getUTCDate() + days);
  return city.toISOString().slice(0, 10);
}
