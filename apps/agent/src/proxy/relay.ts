import type { EdgeRule } from '#faults';

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
  /** The fault on the edge is gone: whatever it holds must be let go now. */
  ruleLifted(): void;
  /** Both connections are gone; what is unanswered will stay so. */
  closed(end: LinkEnd): void;
}

export interface ActiveRule {
  readonly faultId: string;
  readonly rule: EdgeRule;
}

/** Where a relay looks up the fault of its edge: asked anew for every request, so open connections feel a fault that comes or goes. */
export interface RuleSource {
  readonly active: ActiveRule | null;
}
