import type { Link } from '../../apps/agent/src/proxy/link.js';
import { HttpRelay } from '../../apps/agent/src/proxy/http-relay.js';
import type { LinkEnd, LinkRule, Relay } from '../../apps/agent/src/proxy/relay.js';
import { EdgeMeter } from '../../apps/agent/src/sensors/edge-meter.js';

/** The two connections of a link without sockets: what the relay did to them, in order. */
export class FakeLink {
  relay: Relay | null = null;
  upstreamBytes: Buffer = Buffer.alloc(0);
  clientBytes: Buffer = Buffer.alloc(0);
  upstreamEnded = false;
  clientEnded = false;
  clientHeld = false;
  upstreamHeld = false;
  silenced = false;
  redials = 0;
  over: LinkEnd | 'finished' | null = null;
  readonly staged = false;

  toUpstream(bytes: Buffer): void {
    this.upstreamBytes = Buffer.concat([this.upstreamBytes, bytes]);
  }
  toClient(bytes: Buffer): boolean {
    this.clientBytes = Buffer.concat([this.clientBytes, bytes]);
    return true;
  }
  holdClient(): void {
    this.clientHeld = true;
  }
  releaseClient(): void {
    this.clientHeld = false;
  }
  holdUpstream(): void {
    this.upstreamHeld = true;
  }
  releaseUpstream(): void {
    this.upstreamHeld = false;
  }
  silenceUpstream(): void {
    this.silenced = true;
  }
  endUpstream(): void {
    this.upstreamEnded = true;
  }
  endClient(): void {
    this.clientEnded = true;
  }
  redial(): void {
    this.redials += 1;
  }
  handOver(relay: Relay): void {
    this.relay = relay;
  }
  finishClient(): void {
    this.over ??= 'finished';
  }
  reset(end: LinkEnd): void {
    this.settle(end);
  }
  close(end: LinkEnd): void {
    this.settle(end);
  }

  /** What the caller has received, as text. */
  get answered(): string {
    return this.clientBytes.toString('latin1');
  }
  get asked(): string {
    return this.upstreamBytes.toString('latin1');
  }

  private settle(end: LinkEnd): void {
    if (this.over !== null) return;
    this.over = end;
    this.relay?.closed(end);
  }
}

export interface RelayBench {
  readonly link: FakeLink;
  readonly meter: EdgeMeter;
  /** What was said about bytes that are not HTTP. */
  readonly problems: string[];
  /** The rules that act; replaced as faults begin, see `lift`. */
  rules: readonly LinkRule[];
  fromClient(bytes: string | Buffer): void;
  fromUpstream(bytes: string | Buffer): void;
  clientEnded(): void;
  upstreamEnded(): void;
  lift(faultId: string): void;
}

/** An HTTP relay between two ends in the test's hands. As on a link, nothing arrives once the connection is over. */
export function relayBench(rules: readonly LinkRule[] = []): RelayBench {
  const link = new FakeLink();
  const meter = new EdgeMeter();
  const problems: string[] = [];
  const source = { active: rules };
  // The relay calls nothing of a link that is not in the class above.
  link.relay = new HttpRelay({ link: link as unknown as Link, meter, rules: source, onNotHttp: (problem) => problems.push(problem) });
  const arrives = (deliver: (relay: Relay) => void): void => {
    if (link.over === null && link.relay !== null) deliver(link.relay);
  };
  return {
    link,
    meter,
    problems,
    get rules() {
      return source.active;
    },
    set rules(next) {
      source.active = next;
    },
    fromClient: (bytes) => arrives((relay) => relay.fromClient(Buffer.from(bytes as string, 'latin1'))),
    fromUpstream: (bytes) => arrives((relay) => (link.silenced ? undefined : relay.fromUpstream(Buffer.from(bytes as string, 'latin1')))),
    clientEnded: () => arrives((relay) => relay.clientEnded()),
    upstreamEnded: () => arrives((relay) => (link.silenced ? undefined : relay.upstreamEnded())),
    lift: (faultId) => {
      source.active = source.active.filter((rule) => rule.faultId !== faultId);
      arrives((relay) => relay.ruleLifted(faultId));
    },
  };
}
