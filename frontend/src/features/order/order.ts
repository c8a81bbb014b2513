import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, ifMatch, type Schema } from '@/api/client';
import { keys } from '@/api/keys';

export type Order = Schema<'Order'>;
export type OrderRow = Schema<'OrderRow'>;
export type OrderAction = Schema<'OrderAction'>;
export type OrderState = Schema<'OrderState'>;

export const states = ['issued', 'acknowledged', 'answered', 'closed', 'withdrawn'] as const;

/** What the page of orders keeps in its address. */
export interface OrderFilter {
  state: string[];
  overdue: string;
  mine: string;
  project: string;
  meeting: string;
  q: string;
}

export function noOrderFilter(): OrderFilter & Record<string, string | string[]> {
  return { state: [], overdue: '', mine: '', project: '', meeting: '', q: '' };
}

/** The orders of the filter, what is not ended first, a page at a time. */
export function useOrders(filter: MaybeRefOrGetter<OrderFilter>) {
  const query = computed(() => {
    const { state, overdue, mine, project, meeting, q } = toValue(filter);
    return {
      state: state.length > 0 ? (state as OrderState[]) : undefined,
      overdue: overdue === 'true' || undefined,
      mine: mine === 'true' || undefined,
      project: Number(project) || undefined,
      meeting: Number(meeting) || undefined,
      q: q.trim() || undefined,
      limit: 50,
      withTotal: true,
    };
  });
  return useInfiniteQuery({
    queryKey: computed(() => [...keys.order, 'list', query.value]),
    queryFn: ({ pageParam, signal }) => content(client.GET('/api/v1/orders', { params: { query: { ...query.value, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useOrder(id: MaybeRefOrGetter<number>) {
  return useQuery({
    queryKey: computed(() => [...keys.order, 'detail', toValue(id)]),
    queryFn: ({ signal }) => content(client.GET('/api/v1/orders/{id}', { params: { path: { id: toValue(id) } }, signal })),
    staleTime: 0,
  });
}

/** One act on the order at the version its reader saw. */
export function useOrderAct() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ order, action, text, evidence, attachmentIds }: { order: Pick<Order, 'id' | 'version'>; action: OrderAction; text: string; evidence: string; attachmentIds: number[] }) => {
      const params = { path: { id: order.id }, header: ifMatch(order.version) };
      switch (action) {
        case 'acknowledge':
          return content(client.POST('/api/v1/orders/{id}/acknowledgement', { params }));
        case 'answer':
          return content(client.POST('/api/v1/orders/{id}/answer', { params, body: { text, evidence, attachmentIds } }));
        case 'close':
          return content(client.POST('/api/v1/orders/{id}/closure', { params, body: { text } }));
        case 'send_back':
          return content(client.POST('/api/v1/orders/{id}/return', { params, body: { text } }));
        default:
          return content(client.POST('/api/v1/orders/{id}/withdrawal', { params, body: { text } }));
      }
    },
    networkMode: 'always',
    onSuccess: (order) => {
      queries.setQueryData([...keys.order, 'detail', order.id], order);
      void queries.invalidateQueries({ queryKey: keys.order });
      void queries.invalidateQueries({ queryKey: keys.report.work });
    },
    onError: () => void queries.invalidateQueries({ queryKey: keys.order }), // somebody may have been faster
  });
}
