import type { EdgeMeter } from '../sensors/edge-meter.js';
import { Hang } from './http/hang.js';
import { HttpExchanges } from './http/http-exchanges.js';
import type { HttpExchange } from './http/http-exchanges.js';
import { isOtherProtocol } from './http/other-protocol.js';
import { badRequest } from './http/own-answer.js';
import { RequestSide, actsOnMessages } from './http/request-side.js';
import { ResponseSide } from './http/response-side.js';
import type { Link } from './link.js';
import type { LinkEnd, Relay, RuleSource } from './relay.js';
import { TcpRelay } from './tcp-relay.js';
import { TunnelRelay } from './tunnel-relay.js';

export interface HttpRelayParts {
  readonly link: Link;
  readonly meter: EdgeMeter;
  readonly rules: RuleSource;
  /** Told once a connection whose bytes are not HTTP/1.x that every server frames the same way. */
  readonly onNotHttp: (problem: string) => void;
}

const NO_RULES: RuleSource = { active: [] };

/**
 * Passes the bytes of HTTP/1.x as they come, follows where messages begin and end, and lets faults act on single requests and responses.
 *
 *     caller -> RequestSide  -- passed | changed | held | dropped --> upstream
 *                   | one exchange a request
 *     caller <- ResponseSide <-- matched in order, likewise --------- upstream
 *
 * Requests it cannot follow are passed on untouched and unmatched for the rest of the connection while no rule looks at messages: a proxy in other
 * people's traffic prefers a fault that misses to a request that breaks. While one does, they are refused, unless they are plainly another protocol
 * from the first byte on: what two servers read differently could carry a request past a matcher.
 */
export class HttpRelay implements Relay {
  private readonly exchanges: HttpExchanges;
  private readonly requests: RequestSide;
  private readonly responses: ResponseSide;
  private readonly hang: Hang;
  private redialDue = false;
  private clientDone = false;
  private upstreamDone = false;
  /** Responses are passed on unread. */
  private blind = false;

  constructor(private readonly parts: HttpRelayParts) {
    const { link, rules, meter } = parts;
    const exchanges = new HttpExchanges(meter);
    const hang = new Hang(link);
    const responses = new ResponseSide({
      link,
      rules,
      exchanges,
      hang,
      onHang: () => this.requests.flow.shut(),
      onUnreadable: (problem) => this.responsesUnreadable(problem),
      onTunnel: () => this.becomeTunnel(),
    });
    this.requests = new RequestSide({
      link,
      rules,
      exchanges,
      hang,
      onRelease: () => this.redialIfDue(),
      onAnswer: () => responses.giveAnswers(),
      onHang: () => this.silenceIfHung(),
      onUnreadable: (problem, exchange) => this.requestsUnreadable(problem, exchange),
    });
    this.responses = responses;
    this.exchanges = exchanges;
    this.hang = hang;
  }

  fromClient(chunk: Buffer): void {
    this.requests.flow.read(chunk);
  }

  fromUpstream(chunk: Buffer): void {
    if (this.blind) return void this.parts.link.toClient(chunk);
    this.responses.flow.read(chunk);
    if (this.hang.active) this.silenceIfHung();
  }

  clientEnded(): void {
    this.clientDone = true;
    // A hung caller that closes has given up, and a half-closed one gets no answer either way.
    if (this.hang.active) return this.parts.link.close('broken');
    this.exchanges.callerGaveUp();
    this.requests.flow.whenRead(() => this.passClientEnd());
  }

  upstreamEnded(): void {
    if (this.responses.hung) return this.parts.link.silenceUpstream();
    // Servers close connections that stay idle for a few seconds, and a held request makes this one look idle. Dialled again only when
    // the request leaves, so that a server which closes at once is not dialled in a circle.
    if (this.requests.holds && this.exchanges.length === 1) {
      this.redialDue = true;
      return;
    }
    this.upstreamDone = true;
    this.responses.flow.whenRead(() => this.passUpstreamEnd());
  }

  ruleLifted(faultId: string): void {
    this.hang.lifted(faultId);
    this.requests.ruleLifted(faultId);
    this.responses.ruleLifted(faultId);
  }

  closed(end: LinkEnd): void {
    this.hang.drop();
    this.requests.dispose();
    this.responses.dispose();
    this.exchanges.abandon(end === 'fault');
  }

  private passClientEnd(): void {
    if (this.hang.active) return this.parts.link.close('broken');
    this.requests.ended();
    this.parts.link.endUpstream();
  }

  private passUpstreamEnd(): void {
    this.responses.ended();
    this.exchanges.abandon(false);
    this.parts.link.endClient();
  }

  private redialIfDue(): void {
    if (this.redialDue) this.parts.link.redial();
    this.redialDue = false;
  }

  /** Answers to earlier requests still come; behind them the connection is silent, also when the upstream closes it as idle. */
  private silenceIfHung(): void {
    if (!this.responses.hung && this.exchanges.length === 1) this.parts.link.silenceUpstream();
  }

  private becomeTunnel(): void {
    const { link } = this.parts;
    const tunnel = new TunnelRelay(link);
    this.surrenderBoth();
    this.exchanges.abandon(false);
    link.handOver(tunnel);
    this.passEnds(tunnel);
  }

  private requestsUnreadable(problem: string, exchange: HttpExchange | null): void {
    const { rules } = this.parts;
    const opening = this.requests.isFirst && exchange === null;
    if (!rules.active.some(actsOnMessages) || (opening && isOtherProtocol(this.requests.flow.unsent))) return this.passUnmatched(problem);
    this.requests.flow.shut();
    this.refuse(problem, exchange);
  }

  /** Tells the caller in its turn, and the upstream nothing; an answer that has begun, or is over, can only be broken off. */
  private refuse(problem: string, reading: HttpExchange | null): void {
    const exchange = reading ?? this.requests.newExchange();
    if (reading === null) this.exchanges.add(exchange);
    if (this.exchanges.last !== exchange || this.responses.hasBegun(exchange)) return this.parts.link.reset('fault');
    exchange.faulted = true;
    exchange.answer = { bytes: badRequest(problem), status: 400, ready: true, closes: true };
    this.responses.giveAnswers();
  }

  private passUnmatched(problem: string): void {
    const { link } = this.parts;
    const owed = this.exchanges.length > 0;
    const opaque = this.becomeOpaque(problem);
    if (opaque === null) return;
    const rest = this.requests.flow.surrender();
    link.toClient(this.responses.flow.surrender());
    // Bytes behind requests that still wait belong to no exchange of their own: the answer that comes ends them all.
    if (owed) link.toUpstream(rest);
    else opaque.fromClient(rest);
    this.passEnds(opaque);
  }

  private responsesUnreadable(problem: string): void {
    const { link, rules } = this.parts;
    if (this.responses.hung) return link.silenceUpstream();
    if (this.responses.replaced) return link.finishClient();
    if (rules.active.some(actsOnMessages)) return this.becomeBlind(problem);
    const opaque = this.becomeOpaque(problem);
    if (opaque === null) return;
    this.exchanges.finishUnread();
    this.surrenderBoth();
    this.passEnds(opaque);
  }

  /** The answers go on unread, but no further request does: it could be matched, and its answer no longer told apart. */
  private becomeBlind(problem: string): void {
    const { link, onNotHttp } = this.parts;
    onNotHttp(problem);
    if (this.exchanges.oweAnswers || this.hang.active || this.requests.flow.collecting) return link.reset('fault');
    this.blind = this.requests.isLast = true;
    link.toClient(this.responses.flow.surrender());
    this.exchanges.finishUnread();
  }

  private becomeOpaque(problem: string): TcpRelay | null {
    const { link, meter, onNotHttp } = this.parts;
    onNotHttp(problem);
    // A fault owes an answer or a silence here, and its place among bytes that cannot be framed is unknown.
    if (this.exchanges.oweAnswers || this.hang.active) {
      link.reset('fault');
      return null;
    }
    const opaque = new TcpRelay(link, meter, { rules: NO_RULES, owed: this.exchanges });
    link.handOver(opaque);
    return opaque;
  }

  private surrenderBoth(): void {
    this.parts.link.toClient(this.responses.flow.surrender());
    this.parts.link.toUpstream(this.requests.flow.surrender());
  }

  /** The ends that came while bytes were held go on behind them. */
  private passEnds(relay: Relay): void {
    if (this.clientDone) relay.clientEnded();
    if (this.upstreamDone) relay.upstreamEnded();
  }
}
