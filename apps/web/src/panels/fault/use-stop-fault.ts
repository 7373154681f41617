import { useMutation, useQueryClient } from '@tanstack/react-query';
import { stopFault } from '../../api/faults.js';

export function useStopFault() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: stopFault, onSettled: () => queries.invalidateQueries({ queryKey: ['faults'] }) });
}
