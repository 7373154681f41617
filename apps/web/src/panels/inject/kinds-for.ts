import { FAULT_KINDS } from '#contracts';
import type { FaultKind, Protocol } from '#contracts';
import { FAULTS } from '#faults';

/** The kinds that can act on an edge of this protocol, in the order of the contracts. */
export function kindsFor(protocol: Protocol): readonly FaultKind[] {
  return FAULT_KINDS.filter((kind) => FAULTS[kind].protocols.includes(protocol));
}
