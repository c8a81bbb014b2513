import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/vue-query';
import { computed } from 'vue';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';
import { asProblem } from '@/api/problem';

export type Me = Schema<'Me'>;
export type Permission = Schema<'Permission'>;
export type Instance = Schema<'Instance'>;

// Not signed in is an answer, not a failure.
const sessionQuery = {
  queryKey: keys.session,
  queryFn: (): Promise<Me | null> =>
    content(client.GET('/api/v1/me')).catch((error: unknown) => {
      if (asProblem(error).signedOut) return null;
      throw error;
    }),
  staleTime: 5 * 60_000,
};

/** Who is signed in, asked once and then remembered; null for nobody. */
export function fetchSession(queries: QueryClient): Promise<Me | null> {
  return queries.ensureQueryData(sessionQuery);
}

/** Who is signed in, and what that person may do at all. */
export function useSession() {
  const { data } = useQuery(sessionQuery);
  const me = computed(() => data.value ?? null);
  return { me, can: (permission: Permission) => may(me.value, permission) };
}

/** Whether the roles grant the permission somewhere; each thing answers for itself. */
export function may(me: Me | null, permission: Permission): boolean {
  return me?.permissions.includes(permission) ?? false;
}

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schema<'SignInInput'>) => content(client.POST('/api/v1/session', { body })),
    onSuccess: (me) => startSession(queries, me),
  });
}

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => content(client.DELETE('/api/v1/session')),
    onSuccess: () => startSession(queries, null),
  });
}

/** Another reader, or none: nothing that the one before had read may remain. */
export function startSession(queries: QueryClient, me: Me | null): void {
  const shared: unknown[] = [keys.session[0], keys.instance[0]];
  queries.removeQueries({ predicate: ({ queryKey }) => !shared.includes(queryKey[0]) });
  queries.setQueryData(keys.session, me);
}

export function useChangePassword() {
  return useMutation({
    mutationFn: (body: Schema<'ChangePasswordInput'>) => content(client.PUT('/api/v1/me/password', { body })),
  });
}

/** What this installation is: city, plan, whether it is a demonstration. */
export function useInstance() {
  return useQuery({
    queryKey: keys.instance,
    queryFn: () => content(client.GET('/api/v1/instance')),
    staleTime: 60 * 60_000,
  });
}
