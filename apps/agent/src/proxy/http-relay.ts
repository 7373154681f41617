import type { EdgeMeter } from '../sensors/edge-meter.js';
import { HttpExchanges } from './http-exchanges.js';
import type { Link } from './link.js';
import type { LinkEnd, Relay, RuleSource } from './relay.js';
import { RequestSide } from './request-side.js';
import { ResponseSide } from './response-side.js';
import { TcpRelay } from './tcp-relay.js';
import { TunnelRelay } from './tunnel-relay.js';

export interface HttpRelayParts {
  readonly link: Link;
  readonly meter: EdgeMeter;
  readonly rules: RuleSource;
  /** Told once a connection whose bytes are not HTTP/1.x that every server frames the same way. */
  readonly onNotHttp: (problem: string) => void;
}

const NO_RULES: RuleSource = { active: null };

/**
 * Passes the bytes of HTTP/1.x as they come, follows where messages begin and end, and lets a fault act on single requests.
 *
 *     caller -> RequestSide  -- passed | held | dropped --> upstream
 *                   | one exchange a request
 *     caller <- ResponseSide <-- matched in order --------- upstream
 *
 * Bytes it cannot follow are passed on untouched for the rest of the connection, uncounted as HTTP and unmatched by faults on requests: a proxy
 * in other people's traffic prefers a fault that misses to a request that breaks. Faults on connections (`down`) still act.
 */
export class HttpRelay implements Relay {
  private readonly exchanges: HttpExchanges;
  private readonly requests: RequestSide;
  private readonly responses: ResponseSide;
  private redialDue = false;

  constructor(private readonly parts: HttpRelayParts) {
    this.exchanges = new HttpExchanges(parts.meter);
    const { link, rules } = parts;
    this.responses = new ResponseSide(link, this.exchanges, { notHttp: (problem) => this.responsesUnreadable(problem), tunnel: () => this.becomeTunnel() });
    this.requests = new RequestSide({
      link,
      rules,
      exchanges: this.exchanges,
      onRelease: () => this.redialIfDue(),
      onAnswer: () => this.responses.giveAnswers(),
      onNotHttp: (problem, rest) => this.requestsUnreadable(problem, rest),
    });
  }

  fromClient(chunk: Buffer): void {
    this.requests.read(chunk);
  }

  fromUpstream(chunk: Buffer): void {
    this.responses.read(chunk);
    if (this.requests.hung && this.exchanges.length === 1) this.parts.link.silenceUpstream();
  }

  clientEnded(): void {
    // A hung caller that closes has given up, and a half-closed one gets no answer either way.
    if (this.requests.hung) return this.parts.link.close('broken');
    this.exchanges.callerGaveUp();
    this.requests.flush();
    this.parts.link.endUpstream();
  }

  upstreamEnded(): void {
    // Servers close connections that stay idle for a few seconds, and a held request makes this one look idle. Dialled again only when
    // the request leaves, so that a server which closes at once is not dialled in a circle.
    if (this.requests.holds && this.exchanges.length === 1) {
      this.redialDue = true;
      return;
    }
    this.responses.ended();
    this.exchanges.abandon(false);
    this.parts.link.endClient();
  }

  ruleLifted(): void {
    this.requests.ruleLifted();
  }

  closed(end: LinkEnd): void {
    this.requests.drop();
    this.exchanges.abandon(end === 'fault');
  }

  private redialIfDue(): void {
    if (this.redialDue) this.parts.link.redial();
    this.redialDue = false;
  }

  private becomeTunnel(): void {
    this.requests.handOver();
    this.exchanges.abandon(false);
    this.parts.link.handOver(new TunnelRelay(this.parts.link));
  }

  private requestsUnreadable(problem: string, rest: Buffer): void {
    const owed = this.exchanges.length > 0;
    const opaque = this.becomeOpaque(problem);
    if (opaque === null) return;
    // Bytes behind requests that still wait belong to no exchange of their own: the answer that comes ends them all.
    if (owed) this.parts.link.toUpstream(rest);
    else opaque.fromClient(rest);
  }

  private responsesUnreadable(problem: string): void {
    if (this.becomeOpaque(problem) !== null) this.exchanges.finishUnread();
  }

  private becomeOpaque(problem: string): TcpRelay | null {
    const { link, meter, onNotHttp } = this.parts;
    onNotHttp(problem);
    // A fault owes an answer or a silence here, and its place among bytes that cannot be framed is unknown.
    if (this.exchanges.oweAnswers || this.requests.hung) {
      link.reset('fault');
      return null;
    }
    this.requests.handOver();
    const opaque = new TcpRelay(link, meter, { rules: NO_RULES, owed: this.exchanges });
    link.handOver(opaque);
    return opaque;
  }
}
