import { performance } from 'node:perf_hooks';
import { Gate } from '../gate.js';
import type { Link } from '../link.js';
import type { LinkRule, RuleSource } from '../relay.js';
import type { CutEnd } from './body-effects.js';
import { Decision } from './decision.js';
import type { Ending } from './decision.js';
import { DecisionDelay } from './decision-delay.js';
import { editedHead } from './head-edit.js';
import { RequestHead } from './head-facts.js';
import type { Hang } from './hang.js';
import type { HttpExchange, HttpExchanges } from './http-exchanges.js';
import { MessageFlow } from './message-flow.js';
import type { FlowOwner } from './message-flow.js';
import { isPersistent, ownAnswer } from './own-answer.js';

// Both peers of a request that was cut get this long to read what is on its way and close, before their sockets are taken away.
const LINGER_MS = 2_000;
const NONE_ANNOUNCED: readonly string[] = [];

interface RequestSideParts {
  readonly link: Link;
  readonly exchanges: HttpExchanges;
  readonly rules: RuleSource;
  readonly hang: Hang;
  /** A request that was held is about to leave. */
  readonly onRelease: () => void;
  /** An answer of the proxy's own is ready to be given when its turn comes. */
  readonly onAnswer: () => void;
  readonly onHang: () => void;
  /** The bytes stopped being HTTP that every server reads alike; `exchange` is the request that they belong to, if its head was read. */
  readonly onUnreadable: (problem: string, exchange: HttpExchange | null) => void;
}

/** Whether a rule looks at single messages: only then are heads kept until they are complete. */
export function actsOnMessages({ rule }: LinkRule): boolean {
  return rule.onRequest !== undefined || rule.onResponse !== undefined;
}

/** The caller's direction. Rules are asked about a request when its head is complete and nothing of it has left. */
export class RequestSide implements FlowOwner {
  readonly flow = new MessageFlow('request', this);
  /** The request that is being read is the last: the connection closes when another begins. */
  isLast = false;
  /** True from the first byte of the connection to the end of its first request. */
  isFirst = true;
  private readonly delay = new DecisionDelay(this.flow);
  private readonly linger = new Gate();
  private startedMs = 0;
  private reading: HttpExchange | null = null;

  constructor(private readonly parts: RequestSideParts) {}

  /** A request waits in a delay. */
  get holds(): boolean {
    return this.delay.active;
  }

  send(bytes: Buffer): void {
    this.parts.link.toUpstream(bytes);
  }
  hold(): void {
    this.parts.link.holdClient();
  }
  release(): void {
    this.parts.link.releaseClient();
  }

  begins(arrivedMs: number): boolean {
    if (this.isLast) {
      this.parts.link.close('broken');
      return false;
    }
    this.startedMs = arrivedMs;
    const { active } = this.parts.rules;
    return active.length > 0 && active.some(actsOnMessages);
  }

  headRead(arrivedMs: number): void {
    const exchange = this.newExchange();
    this.reading = exchange;
    this.parts.exchanges.add(exchange);
    if (this.flow.collecting) this.decide(exchange, arrivedMs);
  }

  messageRead(): void {
    const answer = this.reading?.answer ?? null;
    this.reading = null;
    this.isFirst = false;
    if (answer === null) return;
    answer.ready = true;
    if (answer.closes) this.flow.shut();
    this.parts.onAnswer();
  }

  /** The upstream gets what came before the cut and then an end, the caller an end without an answer. */
  cut(end: CutEnd): void {
    const { link } = this.parts;
    if (end === 'reset') return link.reset('fault');
    this.flow.shut();
    this.parts.exchanges.abandon(true);
    link.endUpstream();
    link.endClient();
    this.linger.hold(performance.now() + LINGER_MS, () => link.close('fault'));
  }

  unreadable(): void {
    this.parts.onUnreadable(this.flow.scanner.problem, this.reading);
  }

  /** The caller closed its side: a head that will never be complete goes on as it is. */
  ended(): void {
    if (this.flow.collecting) this.flow.pass();
  }

  ruleLifted(faultId: string): void {
    this.flow.liftFromBody(faultId);
    this.delay.lifted(faultId);
    if (this.flow.collecting && !this.delay.active && !this.parts.rules.active.some(actsOnMessages)) this.flow.pass();
  }

  dispose(): void {
    this.linger.drop();
    this.flow.dispose();
  }

  /** For the head that has been read, or could not be. */
  newExchange(): HttpExchange {
    const { head } = this.flow.scanner;
    return {
      startedMs: this.startedMs,
      isHead: head.isHead,
      isConnect: head.isConnect,
      persistent: isPersistent(head),
      facts: null,
      announced: NONE_ANNOUNCED,
      faulted: this.parts.link.staged,
      answer: null,
      counted: false,
    };
  }

  private decide(exchange: HttpExchange, arrivedMs: number): void {
    const facts = new RequestHead(this.flow.head);
    const decision = Decision.of(this.parts.rules.active, (rule) => rule.onRequest?.(facts));
    exchange.facts = facts;
    exchange.faulted ||= decision.touches;
    exchange.announced = decision.announced;
    this.delay.carryOut(decision, arrivedMs, (left) => this.carryOut(exchange, left));
  }

  private carryOut(exchange: HttpExchange, decision: Decision): void {
    this.parts.onRelease();
    const { ending, headerEdits } = decision;
    if (ending !== null) return this.endExchange(exchange, ending, decision.delayMs);
    this.flow.pass(headerEdits.length > 0 ? editedHead(this.flow.head, headerEdits, NONE_ANNOUNCED) : undefined, decision.bodyEffects);
  }

  private endExchange(exchange: HttpExchange, { faultId, verdict }: Ending, delayMs: number): void {
    if (verdict.type === 'hang') {
      this.parts.hang.begin(faultId, verdict.closeAfterMs === null ? null : exchange.startedMs + delayMs + verdict.closeAfterMs);
      this.flow.shut();
      return this.parts.onHang();
    }
    // A caller that waits for `100 Continue` may or may not send its body now, so it is answered at once and the connection ends (RFC 9110 section 10.1.1).
    const ready = this.flow.scanner.head.expectsContinue;
    const persistent = exchange.persistent && !ready;
    exchange.answer = { bytes: ownAnswer(verdict, { isHead: exchange.isHead, persistent }, exchange.announced), status: verdict.status, ready, closes: !persistent };
    if (!ready) return this.flow.drop();
    this.flow.shut();
    this.parts.onAnswer();
  }
}
