import type { QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { AppError } from '#contracts';
import type { PrometheusAnswer, QueryData } from '../../api/prometheus-api.js';
import { queryInstant, queryRange } from '../../api/prometheus-api.js';
import type { RunRequest } from './run-store.js';
import { RunStore } from './run-store.js';

// Far more than can be drawn, few enough to be read by this page within a second or two.
const MAX_SERIES = 2_000;

/** Asks what is wanted, as soon as it changes, and cancels what is not wanted any more. */
export function useRuns(requests: readonly RunRequest[]) {
  const queries = useQueryClient();
  const [store] = useState(() => new RunStore((request, signal) => askWithSession(queries, request, signal), () => performance.now()));
  // The requests are made anew with each keystroke, mostly equal to those before.
  const wanted = JSON.stringify(requests);
  useEffect(() => store.start(JSON.parse(wanted) as RunRequest[]), [store, wanted]);
  useEffect(() => () => store.start([]), [store]);
  const runs = useSyncExternalStore(store.subscribe, store.get);
  return { runs, store };
}

async function askWithSession(queries: QueryClient, request: RunRequest, signal: AbortSignal): Promise<PrometheusAnswer<QueryData>> {
  try {
    return await askQuery(request, signal);
  } catch (error) {
    if (error instanceof AppError && error.code === 'SIGN_IN_REQUIRED') void queries.resetQueries({ queryKey: ['session'] });
    throw error;
  }
}

function askQuery({ tab, query, startSec, endSec, stepSec }: RunRequest, signal: AbortSignal): Promise<PrometheusAnswer<QueryData>> {
  return tab === 'table' ? queryInstant(query, endSec, signal) : queryRange({ query, startSec, endSec, stepSec, limit: MAX_SERIES }, signal);
}
