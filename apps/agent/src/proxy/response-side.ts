import type { HttpExchanges } from './http-exchanges.js';
import { HttpScanner } from './http-scanner.js';
import type { Link } from './link.js';

interface Exits {
  readonly notHttp: (problem: string) => void;
  /** From here on the connection speaks another protocol. */
  readonly tunnel: () => void;
}

/** The upstream's direction: passes bytes on as they come, finds the end of each response, and puts a fault's answers where their turn is. */
export class ResponseSide {
  private readonly scanner = new HttpScanner('response');

  constructor(
    private readonly link: Link,
    private readonly exchanges: HttpExchanges,
    private readonly exits: Exits,
  ) {}

  read(chunk: Buffer): void {
    let kept = 0;
    let at = 0;
    for (;;) {
      at = this.scanner.scan(chunk, at);
      switch (this.scanner.event) {
        case 'start':
          break;
        case 'head':
          if (this.onHead()) return this.leave(chunk.subarray(kept));
          break;
        case 'end':
          kept = this.onEnd(chunk, kept, at);
          break;
        case 'more':
          return this.link.toClient(chunk.subarray(kept));
        case 'violation':
          this.link.toClient(chunk.subarray(kept));
          return this.exits.notHttp(this.scanner.problem);
      }
    }
  }

  /** The upstream closed its side, which is the proper end of a response without a length. */
  ended(): void {
    if (this.scanner.endsAtClose) this.exchanges.finishFirst(this.scanner.head.status);
  }

  /** Gives the answers of faults whose turn has come. */
  giveAnswers(): void {
    for (let answer = this.exchanges.first?.answer; answer?.ready === true; answer = this.exchanges.first?.answer) {
      this.link.toClient(answer.bytes);
      this.exchanges.finishFirst(answer.status);
      if (answer.closes) return this.link.finishClient();
    }
  }

  /** True when what follows is no longer HTTP: 101, or 2xx to CONNECT (RFC 9110 sections 7.8 and 9.3.6). */
  private onHead(): boolean {
    const { status } = this.scanner.head;
    const asked = this.exchanges.first;
    if (asked?.isHead === true) this.scanner.skipBody();
    return status === 101 || (asked?.isConnect === true && status >= 200 && status < 300);
  }

  private leave(bytes: Buffer): void {
    this.exchanges.finishFirst(this.scanner.head.status);
    this.link.toClient(bytes);
    this.exits.tunnel();
  }

  /** Gives the offset up to which the chunk is passed on. */
  private onEnd(chunk: Buffer, kept: number, at: number): number {
    const { status } = this.scanner.head;
    if (status < 200) return kept;
    this.exchanges.finishFirst(status);
    if (this.exchanges.first?.answer?.ready !== true) return kept;
    this.link.toClient(chunk.subarray(kept, at));
    this.giveAnswers();
    return at;
  }
}
