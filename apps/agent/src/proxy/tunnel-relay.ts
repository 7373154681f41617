import type { Link } from './link.js';
import type { Relay } from './relay.js';

/** What follows an accepted Upgrade or CONNECT: bytes of another protocol, passed untouched. The request that opened it has been counted. */
export class TunnelRelay implements Relay {
  constructor(private readonly link: Link) {}

  fromClient(chunk: Buffer): void {
    this.link.toUpstream(chunk);
  }
  fromUpstream(chunk: Buffer): void {
    this.link.toClient(chunk);
  }
  clientEnded(): void {
    this.link.endUpstream();
  }
  upstreamEnded(): void {
    this.link.endClient();
  }
  ruleLifted(): void {
    // Nothing is held here.
  }
  closed(): void {
    // Nothing is owed here.
  }
}
