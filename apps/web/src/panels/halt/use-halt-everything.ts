import { useMutation, useQueryClient } from '@tanstack/react-query';
import { haltEverything } from '../../api/halt.js';

export const HALT_MUTATION = ['halt-everything'] as const;

/** Halts; the answer stays readable for the banner through the mutation's key. */
export function useHaltEverything() {
  const queries = useQueryClient();
  return useMutation({
    mutationKey: HALT_MUTATION,
    mutationFn: haltEverything,
    onSuccess: (result) => {
      queries.setQueryData(['halt'], result.halt);
      return queries.invalidateQueries({ queryKey: ['faults'] });
    },
  });
}
