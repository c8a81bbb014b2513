import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';
import { useLocale } from '@/composables/useLocale';

export type Lights = Schema<'ProjectLights'>;
export type Light = Schema<'Light'>;
export type RuleLight = Schema<'RuleLight'>;
export type Clause = Schema<'Clause'>;
export type LightRule = Schema<'LightRule'>;
export type Disagreeing = Schema<'DisagreeingProject'>;
export type Disagreement = Schema<'Disagreement'>;

/** The three lights of a project with what they rest on; the sentences come in the reader's language. */
export function useLights(id: MaybeRefOrGetter<number>) {
  const { locale } = useLocale();
  return useQuery({
    queryKey: computed(() => [...keys.light.ofProject(toValue(id)), locale.value]),
    queryFn: ({ signal }) => content(client.GET('/api/v1/projects/{id}/light', { params: { path: { id: toValue(id) } }, signal })),
    staleTime: 0,
  });
}

/** The published rule and its versions. */
export function useLightRule() {
  const { locale } = useLocale();
  return useQuery({
    queryKey: computed(() => [...keys.light.rule, locale.value]),
    queryFn: ({ signal }) => content(client.GET('/api/v1/lights/rule', { signal })),
  });
}

/** Projects whose lights contradict each other, the reddest first. */
export function useDisagreements(kind: MaybeRefOrGetter<Disagreement>) {
  const { locale } = useLocale();
  return useInfiniteQuery({
    queryKey: computed(() => [...keys.light.disagreements(toValue(kind)), locale.value]),
    queryFn: ({ pageParam, signal }) =>
      content(
        client.GET('/api/v1/lights/disagreements', {
          params: { query: { disagree: [toValue(kind)], limit: 50, withTotal: true, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** What a reviewer has on screen; the review is bound to it. */
export type Seen = Pick<Schema<'SetReviewerLightInput'>, 'ruleLight' | 'ownerLight' | 'reviewerLight'>;

export interface Review {
  id: number;
  light: Light;
  text: string;
  seen: Seen;
}

export function useReview() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, light, text, seen }: Review) =>
      content(client.PUT('/api/v1/projects/{id}/reviewer-light', { params: { path: { id } }, body: { light, text, ...seen } })),
    networkMode: 'always',
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.light.all });
      void queries.invalidateQueries({ queryKey: keys.project.all });
    },
  });
}

export function usePublishRule() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schema<'PublishLightRuleInput'>) => content(client.POST('/api/v1/lights/rule', { body })),
    networkMode: 'always',
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.light.all });
      void queries.invalidateQueries({ queryKey: keys.project.all });
    },
  });
}
