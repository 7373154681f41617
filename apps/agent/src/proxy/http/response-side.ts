import { performance } from 'node:perf_hooks';
import type { Link } from '../link.js';
import type { RuleSource } from '../relay.js';
import type { CutEnd } from './body-effects.js';
import { Decision } from './decision.js';
import type { Ending } from './decision.js';
import { DecisionDelay } from './decision-delay.js';
import { editedHead } from './head-edit.js';
import { ResponseHead } from './head-facts.js';
import type { Hang } from './hang.js';
import type { HttpExchange, HttpExchanges } from './http-exchanges.js';
import { MessageFlow } from './message-flow.js';
import type { FlowOwner } from './message-flow.js';
import { isPersistent, ownAnswer } from './own-answer.js';

interface ResponseSideParts {
  readonly link: Link;
  readonly exchanges: HttpExchanges;
  readonly rules: RuleSource;
  readonly hang: Hang;
  readonly onHang: () => void;
  readonly onUnreadable: (problem: string) => void;
  /** From here on the connection speaks another protocol. */
  readonly onTunnel: () => void;
}

/** What becomes of the response that is being read: `replaced` was answered in its place already, `hung` never arrives. */
type Fate = 'given' | 'replaced' | 'hung';

/** The upstream's direction. Rules are asked about a final response when its head is complete; the proxy's own answers are put where their turn is. */
export class ResponseSide implements FlowOwner {
  readonly flow = new MessageFlow('response', this);
  private readonly delay = new DecisionDelay(this.flow);
  private fate: Fate = 'given';
  private begun = false;

  constructor(private readonly parts: ResponseSideParts) {}

  /** The response that is being read is lost on purpose. */
  get hung(): boolean {
    return this.fate === 'hung';
  }
  get replaced(): boolean {
    return this.fate === 'replaced';
  }

  /** True when something of the answer has arrived. */
  hasBegun(exchange: HttpExchange): boolean {
    return this.begun && this.parts.exchanges.first === exchange;
  }

  send(bytes: Buffer): void {
    this.parts.link.toClient(bytes);
  }
  hold(): void {
    this.parts.link.holdUpstream();
  }
  release(): void {
    this.parts.link.releaseUpstream();
  }

  begins(): boolean {
    this.begun = true;
    return this.isLookedAt;
  }

  headRead(arrivedMs: number): void {
    const { status } = this.flow.scanner.head;
    const asked = this.parts.exchanges.first;
    if (asked?.isHead === true) this.flow.scanner.skipBody();
    // RFC 9110 sections 7.8 and 9.3.6.
    if (status === 101 || (asked?.isConnect === true && status >= 200 && status < 300)) return this.leave(status);
    if (!this.flow.collecting) return;
    if (status < 200 || asked === undefined || asked.facts === null) return this.flow.pass();
    this.decide(asked, arrivedMs);
  }

  messageRead(): void {
    const { flow, fate } = this;
    const { status } = flow.scanner.head;
    this.begun = false;
    if (fate === 'hung') {
      flow.shut();
      return this.parts.link.silenceUpstream();
    }
    this.fate = 'given';
    if (status < 200) return;
    const { exchanges } = this.parts;
    exchanges.finishFirst(status);
    if (exchanges.first?.answer?.ready !== true) return;
    flow.settle();
    this.giveAnswers();
  }

  cut(end: CutEnd): void {
    const { link } = this.parts;
    if (end === 'reset') return link.reset('fault');
    this.flow.shut();
    this.parts.exchanges.abandon(true);
    link.finishClient();
  }

  unreadable(): void {
    this.parts.onUnreadable(this.flow.scanner.problem);
  }

  /** The upstream closed its side, which is the proper end of a response without a length. */
  ended(): void {
    if (this.flow.collecting) this.flow.pass();
    if (this.flow.scanner.endsAtClose) this.parts.exchanges.finishFirst(this.flow.scanner.head.status);
  }

  /** Gives the answers of the proxy's own whose turn has come. */
  giveAnswers(): void {
    const { exchanges, link } = this.parts;
    for (let answer = exchanges.first?.answer; answer?.ready === true; answer = exchanges.first?.answer) {
      link.toClient(answer.bytes);
      exchanges.finishFirst(answer.status);
      if (answer.closes) return link.finishClient();
    }
  }

  ruleLifted(faultId: string): void {
    this.flow.liftFromBody(faultId);
    this.delay.lifted(faultId);
    if (this.flow.collecting && !this.delay.active && !this.isLookedAt) this.flow.pass();
  }

  dispose(): void {
    this.flow.dispose();
  }

  /** Whether a rule is to be asked, or named, once the head is complete. */
  private get isLookedAt(): boolean {
    const asked = this.parts.exchanges.first;
    if (asked === undefined || asked.facts === null) return false;
    return asked.announced.length > 0 || this.parts.rules.active.some(({ rule }) => rule.onResponse !== undefined);
  }

  private leave(status: number): void {
    this.parts.exchanges.finishFirst(status);
    this.parts.onTunnel();
  }

  private decide(asked: HttpExchange, arrivedMs: number): void {
    const { facts } = asked;
    if (facts === null) return this.flow.pass();
    const response = new ResponseHead(this.flow.head, this.flow.scanner.head.status);
    const decision = Decision.of(this.parts.rules.active, (rule) => rule.onResponse?.(facts, response));
    asked.faulted ||= decision.touches;
    asked.announced = [...new Set([...asked.announced, ...decision.announced])];
    this.delay.carryOut(decision, arrivedMs, (left) => this.carryOut(asked, left));
  }

  private carryOut(asked: HttpExchange, decision: Decision): void {
    const { ending, headerEdits } = decision;
    if (ending !== null) return this.endExchange(asked, ending);
    const edited = headerEdits.length > 0 || asked.announced.length > 0;
    this.flow.pass(edited ? editedHead(this.flow.head, headerEdits, asked.announced) : undefined, decision.bodyEffects);
  }

  private endExchange(asked: HttpExchange, { faultId, verdict }: Ending): void {
    const { link, hang, exchanges } = this.parts;
    this.flow.drop();
    if (verdict.type === 'hang') {
      this.fate = 'hung';
      hang.begin(faultId, verdict.closeAfterMs === null ? null : performance.now() + verdict.closeAfterMs);
      return this.parts.onHang();
    }
    const { scanner } = this.flow;
    const persistent = asked.persistent && isPersistent(scanner.head) && !scanner.endsAtClose;
    this.fate = 'replaced';
    exchanges.answerFirst(verdict.status);
    link.toClient(ownAnswer(verdict, { isHead: asked.isHead, persistent }, asked.announced));
    if (persistent) return;
    this.flow.shut();
    link.finishClient();
  }
}
