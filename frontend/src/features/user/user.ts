import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, ifMatch, type Schema } from '@/api/client';
import { keys } from '@/api/keys';

export type User = Schema<'User'>;
export type Role = Schema<'Role'>;
export type RolePermissions = Schema<'RolePermissions'>;
export type Organisation = Schema<'Organisation'>;

export const userStates = ['without_role', 'roles_left', 'never_signed_in', 'password_due', 'disabled'] as const satisfies readonly Schema<'UserState'>[];

/** What the list of accounts keeps in its address. */
export interface UserFilter {
  q: string;
  role: string;
  organisation: string;
  /** What an administrator may have to act on. */
  state: string;
}

export function noUserFilter(): UserFilter & Record<string, string> {
  return { q: '', role: '', organisation: '', state: '' };
}

function userQuery(filter: UserFilter) {
  return {
    q: filter.q.trim() || undefined,
    role: (filter.role as Role) || undefined,
    organisation: Number(filter.organisation) || undefined,
    state: (filter.state as Schema<'UserState'>) || undefined,
    limit: 100,
    withTotal: true,
  };
}

export function useUsers(filter: MaybeRefOrGetter<UserFilter>) {
  const query = computed(() => userQuery(toValue(filter)));
  return useInfiniteQuery({
    queryKey: computed(() => keys.user.list(query.value)),
    queryFn: ({ pageParam, signal }) =>
      content(client.GET('/api/v1/users', { params: { query: { ...query.value, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** Every role with what it opens, in the order of the policy. */
export function useRoles() {
  return useQuery({
    queryKey: keys.user.roles,
    queryFn: ({ signal }) => content(client.GET('/api/v1/roles', { signal })),
    select: ({ items }) => items,
    staleTime: 60 * 60_000,
  });
}

export function useOrganisations() {
  return useQuery({
    queryKey: keys.reference.organisations,
    queryFn: ({ signal }) => content(client.GET('/api/v1/organisations', { signal })),
    select: ({ items }) => items,
    staleTime: 10 * 60_000,
  });
}

// Waits for the list, so that the next write carries the version this one made.
function useUserWrite<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => queries.invalidateQueries({ queryKey: ['user', 'list'] }) });
}

export function useCreateUser() {
  return useUserWrite((body: Schema<'CreateUserInput'>) => content(client.POST('/api/v1/users', { body })));
}

type Account = Pick<User, 'id' | 'version'>;

export function useUpdateUser() {
  return useUserWrite(({ user, body }: { user: Account; body: Schema<'UpdateUserInput'> }) =>
    content(client.PATCH('/api/v1/users/{id}', { params: { path: { id: user.id }, header: ifMatch(user.version) }, body })),
  );
}

export function useResetPassword() {
  return useUserWrite(({ user, password }: { user: Account; password: string }) =>
    content(client.POST('/api/v1/users/{id}/password', { params: { path: { id: user.id } }, body: { password } })),
  );
}

export function useSetRoles() {
  return useUserWrite(({ user, roles }: { user: Account; roles: Role[] }) =>
    content(client.PUT('/api/v1/users/{id}/roles', { params: { path: { id: user.id }, header: ifMatch(user.version) }, body: { roles } })),
  );
}
