import { useHalt } from '../halt/use-halt.js';
import { useMay, useSession } from '../shell/session-context.js';
import { useWorld } from '../world/use-world.js';
import type { FaultForm } from './use-fault-form.js';
import { whyNotInject } from './why-not-inject.js';

interface Place {
  /** Faults with a lease that act there already. */
  readonly faultsThere: number;
  readonly agentAway: boolean;
}

/** Why Inject is off right now, or null. */
export function useWhyNotInject(form: Pick<FaultForm, 'overlap' | 'kindWhyNot' | 'fieldProblem'>, { faultsThere, agentAway }: Place): string | null {
  const { role } = useSession();
  const mayInject = useMay('faults.write');
  const halt = useHalt();
  const connected = useWorld((world) => world.status === 'live' || world.status === 'stale');
  return whyNotInject({ mayInject, role, connected, halt, faultsThere, overlap: form.overlap, agentAway, kindWhyNot: form.kindWhyNot, fieldProblem: form.fieldProblem });
}
