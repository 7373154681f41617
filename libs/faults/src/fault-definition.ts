import type { EdgeFaultKind, FaultInput, FaultKind, FaultParams, Protocol } from '#contracts';
import type { EdgeRule } from './edge-rule.js';
import type { Seeded } from './random.js';

/** Everything that is known about a fault kind. Parameters have passed the schema of the contracts before they come here. */
export interface FaultDefinition<K extends FaultKind> {
  readonly kind: K;
  readonly title: string;
  /** What of the real world this stands for, in one sentence. */
  readonly imitates: string;
  /** Where it differs from the real thing, so that nobody concludes too much. */
  readonly doesNotImitate: string;
  /** Parameters that make sense as they are, for whoever sees the kind for the first time. */
  readonly example: FaultInput<K>;
  /** One line for people, such as `+400 ms ±50 ms, 20 % of requests`. */
  summarize(params: FaultParams<K>): string;
}

/** A fault that a proxy carries out. */
export interface EdgeFaultDefinition<K extends EdgeFaultKind> extends FaultDefinition<K> {
  readonly protocols: readonly Protocol[];
  /** Why these parameters cannot act on an edge of this protocol, for the person who gave them; null when they can. */
  refusal?(params: FaultParams<K>, protocol: Protocol): string | null;
  /** Pure: draws lots only from `seeded`, one stream of numbers a connection, so the same traffic gets the same faults. */
  compile(params: FaultParams<K>, seeded: Seeded, protocol: Protocol): EdgeRule;
  /** The same fault such that one probe is certain to meet it: no share, no count, no matcher that a plain GET would miss. Reckons with `PROBE_BYTES` each way. */
  certain(params: FaultParams<K>): FaultParams<K>;
}

/** What a probe sends and gets back at least, as the body of its message or over the bare connection: faults that act after some bytes act within it. */
export const PROBE_BYTES = 4_096;
