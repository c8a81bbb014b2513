import type { Schema } from '@/api/client';
import type { Tone } from '@/ui/UiTag.vue';

export type MentionToday = Schema<'MentionToday'>;

export const stateTones: Record<Schema<'PromiseState'>, Tone> = { kept: 'ok', on_the_way: 'info', unconfirmed: 'none', lapsed: 'bad', none: 'none' };

/** The mentions under the sub-headings of the column, both in the order of the plan. */
export function inGroups(mentions: readonly MentionToday[]): { group: string; mentions: MentionToday[] }[] {
  const groups = new Map<string, MentionToday[]>();
  for (const mention of mentions) groups.set(mention.group, [...(groups.get(mention.group) ?? []), mention]);
  return [...groups].map(([group, within]) => ({ group, mentions: within }));
}
