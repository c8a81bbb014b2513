import type { Option } from '@/ui/option';
import type { Organisation } from './user';

/** Organisations to choose from, found by full name, short name and code. */
export function organisationOptions(
  organisations: readonly Organisation[],
  named: (thing: { name: string; nameEn: string }) => string,
): Option[] {
  return organisations.map((organisation) => ({
    value: String(organisation.id),
    label: named(organisation),
    keywords: `${organisation.name} ${organisation.shortName} ${organisation.code}`,
  }));
}
