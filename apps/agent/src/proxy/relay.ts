import type { ConnectionRule, EdgeRule } from '#faults';

/** How a link's two connections ended: both with a FIN that was passed on, broken by either end, or taken down by a fault. */
export type LinkEnd = 'clean' | 'broken' | 'fault';

/**
 * What passes between the two sockets of a link: it is told what arrives and calls the link to pass things on. One relay a link at a time;
 * a relay that meets bytes it cannot follow hands the link over to another.
 */
export interface Relay {
  fromClient(chunk: Buffer): void;
  fromUpstream(chunk: Buffer): void;
  clientEnded(): void;
  upstreamEnded(): void;
  /** This fault acts no more: what it held goes on at once, what it left hanging is reset. Waits for nothing. */
  ruleLifted(faultId: string): void;
  /** The link is over; nothing may be sent any more. */
  closed(end: LinkEnd): void;
}

/** A fault that acts on an edge. Toxics are rules too, named `toxic:<name>`. */
export interface ActiveRule {
  readonly faultId: string;
  readonly rule: EdgeRule;
}

/** A fault that acts on one connection. */
export interface LinkRule {
  readonly faultId: string;
  readonly announce: boolean;
  readonly rule: ConnectionRule;
}

/** The rules of one connection, in the order in which they began. Looked up at every moment of asking, so that open connections feel a change. */
export interface RuleSource {
  readonly active: readonly LinkRule[];
}
