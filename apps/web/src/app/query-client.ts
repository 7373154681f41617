import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { AppError, ERRORS } from '#contracts';

const FRESH_FOR_MS = 5_000;
const MAX_RETRIES = 2;

export const SESSION_KEY = ['session'] as const;

/** One cache of what the HTTP API said. Any answer that the session is over ends it for the whole page. */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown): void => {
    if (error instanceof AppError && error.code === 'SIGN_IN_REQUIRED') client.setQueryData(SESSION_KEY, null);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_FOR_MS,
        retry: (failures, error) => failures < MAX_RETRIES && error instanceof AppError && ERRORS[error.code].retryable,
      },
      // A change is never sent twice by itself: the person decides.
      mutations: { retry: false },
    },
  });
  return client;
}
