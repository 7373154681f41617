import type { FaultKind, FaultParams } from '#contracts';
import { abort } from './abort.js';
import { down } from './down.js';
import type { EdgeRule, FaultDefinition } from './fault-definition.js';
import { latency } from './latency.js';
import type { Random } from './random.js';
import { timeout } from './timeout.js';

/** Every fault kind. A kind of the contracts without a row here does not compile. */
export const FAULTS: { readonly [K in FaultKind]: FaultDefinition<K> } = { latency, abort, timeout, down };

// A spec keeps kind and params together, so each row of the table gets the parameters of its own kind.
type SpecOf<K extends FaultKind> = { [P in K]: { readonly kind: P; readonly params: FaultParams<P> } }[K];

/** `+400 ms ±50 ms, 20 % of requests`. */
export function summarizeFault<K extends FaultKind>(spec: SpecOf<K>): string {
  return FAULTS[spec.kind].summarize(spec.params);
}

/** The rule that carries out `spec`; with an equally seeded `random` it hits the same requests of the same traffic. */
export function compileFault<K extends FaultKind>(spec: SpecOf<K>, random: Random): EdgeRule {
  return FAULTS[spec.kind].compile(spec.params, random);
}
