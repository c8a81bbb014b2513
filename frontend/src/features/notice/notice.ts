import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';

export type Notice = Schema<'Notice'>;
export type NoticeKind = Schema<'NoticeKind'>;

/** How many of the reader's own notices are unread. */
export function useUnread() {
  return useQuery({
    queryKey: keys.notice('count'),
    queryFn: ({ signal }) => content(client.GET('/api/v1/notices/count', { signal })),
    refetchOnWindowFocus: true,
    retry: false,
  });
}

export interface InboxFilter {
  unread: boolean;
  kinds: readonly NoticeKind[];
}

/** The reader's own notices, newest first, a page at a time. */
export function useInbox(filter: MaybeRefOrGetter<InboxFilter>) {
  const query = computed(() => {
    const { unread, kinds } = toValue(filter);
    return { unread: unread || undefined, kind: kinds.length > 0 ? [...kinds] : undefined, limit: 50, withTotal: true };
  });
  return useInfiniteQuery({
    queryKey: computed(() => keys.notice('list', query.value)),
    queryFn: ({ pageParam, signal }) =>
      content(client.GET('/api/v1/notices', { params: { query: { ...query.value, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** Marks notices as read: some, or all up to one. */
export function useMarkRead() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schema<'ReadNoticesInput'>) => content(client.POST('/api/v1/notices/read', { body })),
    onSuccess: (left) => {
      queries.setQueryData(keys.notice('count'), left);
      void queries.invalidateQueries({ queryKey: keys.notice('list') });
    },
  });
}

export type MailSetting = Schema<'MailSetting'>;

/** Where the reader's notices go by e-mail. */
export function useMail() {
  return useQuery({
    queryKey: keys.notice('mail'),
    queryFn: ({ signal }) => content(client.GET('/api/v1/me/mail', { signal })),
  });
}

export function useSetMail() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schema<'SetMailInput'>) => content(client.PUT('/api/v1/me/mail', { body })),
    onSuccess: (saved) => queries.setQueryData(keys.notice('mail'), saved),
  });
}
