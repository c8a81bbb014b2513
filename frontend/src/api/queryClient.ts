import { MutationCache, QueryCache, QueryClient } from '@tanstack/vue-query';
import { asProblem } from './problem';

/**
 * The cache of what the server said. Any call that finds the reader signed out
 * reports it; only failures that may pass by themselves are tried again.
 */
export function newQueryClient(onSignedOut: () => void): QueryClient {
  const report = (error: unknown) => {
    if (asProblem(error).signedOut) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: report }),
    mutationCache: new MutationCache({ onError: report }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (count, error) => {
          const { status } = asProblem(error);
          return count < 2 && (status === 0 || status >= 500);
        },
      },
    },
  });
}
