import { useQuery } from '@tanstack/react-query';
import type { ComparisonView } from '#contracts';
import { readComparison } from '../../api/faults.js';

const REFRESH_EVERY_MS = 5_000;

/** The comparison of one fault, read again every 5 s until every window is full; from then on it never changes. */
export function useComparison(faultId: string) {
  return useQuery({
    queryKey: ['comparison', faultId],
    queryFn: () => readComparison(faultId),
    refetchInterval: (query) => (query.state.data !== undefined && isComplete(query.state.data) ? false : REFRESH_EVERY_MS),
  });
}

export function isComplete({ windows }: ComparisonView): boolean {
  return windows.during?.complete === true && windows.after?.complete === true;
}
