import { performance } from 'node:perf_hooks';
import type { RequestVerdict } from '#faults';
import { faultAnswer } from './fault-answer.js';
import { Gate } from './gate.js';
import type { FaultAnswer, HttpExchange, HttpExchanges } from './http-exchanges.js';
import { HttpScanner } from './http-scanner.js';
import type { Link } from './link.js';
import type { ActiveRule, RuleSource } from './relay.js';

interface RequestSideParts {
  readonly link: Link;
  readonly exchanges: HttpExchanges;
  readonly rules: RuleSource;
  /** A held request is about to leave. */
  readonly onRelease: () => void;
  /** A fault's answer is ready to be given when its turn comes. */
  readonly onAnswer: () => void;
  /** The bytes stopped being HTTP; `rest` is what is still to be sent on. */
  readonly onNotHttp: (problem: string, rest: Buffer) => void;
}

/**
 * What becomes of the bytes that are being read: sent on, kept until the head is complete and a verdict known, or thrown away. `hung` and `over`
 * throw away all that follows: behind a request that is never answered, and behind one whose answer ends the connection.
 */
type Mode = 'pass' | 'collect' | 'drop' | 'hung' | 'over';

const NOTHING = Buffer.alloc(0);

/**
 * The caller's direction. Without a rule on requests every chunk goes on whole, at once. With one, a request's bytes are collected from its
 * first byte (at most MAX_HEAD_BYTES, then they are not HTTP) until its head is complete and the rule has spoken.
 */
export class RequestSide {
  private readonly scanner = new HttpScanner('request');
  private readonly gate = new Gate();
  private mode: Mode = 'pass';
  private collected: Buffer[] = [];
  private startedMs = 0;
  /** Read already, but behind the request that is held. */
  private behind: Buffer = NOTHING;
  private answering: FaultAnswer | null = null;

  constructor(private readonly parts: RequestSideParts) {}

  get hung(): boolean {
    return this.mode === 'hung';
  }
  get holds(): boolean {
    return this.mode !== 'hung' && this.gate.closed;
  }

  read(chunk: Buffer): void {
    this.readFrom(chunk, performance.now());
  }

  private readFrom(chunk: Buffer, arrivedMs: number): void {
    let kept = 0;
    let at = 0;
    while (this.mode !== 'hung' && this.mode !== 'over') {
      at = this.scanner.scan(chunk, at);
      switch (this.scanner.event) {
        case 'start':
          kept = this.onStart(chunk, { kept, at, arrivedMs });
          break;
        case 'head':
          if (this.onHead(chunk, { kept, at, arrivedMs })) return;
          if (this.mode === 'drop') kept = at;
          break;
        case 'end':
          if (this.mode === 'drop') kept = this.onDropped(at);
          break;
        case 'more':
          return this.dispose(chunk.subarray(kept));
        case 'violation':
          return this.onViolation(chunk.subarray(kept));
      }
    }
  }

  private onStart(chunk: Buffer, { kept, at, arrivedMs }: Reading): number {
    this.startedMs = arrivedMs;
    if (this.parts.rules.active?.rule.onRequest === undefined) return kept;
    this.dispose(chunk.subarray(kept, at));
    this.mode = 'collect';
    return at;
  }

  /** True when the rest of the chunk is not to be read now. */
  private onHead(chunk: Buffer, reading: Reading): boolean {
    const { head } = this.scanner;
    const exchange: HttpExchange = { startedMs: this.startedMs, isHead: head.isHead, isConnect: head.isConnect, faulted: false, answer: null, counted: false };
    this.parts.exchanges.add(exchange);
    if (this.mode !== 'collect') return false;
    const { active } = this.parts.rules;
    const verdict = active?.rule.onRequest?.() ?? { type: 'pass' };
    exchange.faulted = verdict.type !== 'pass';
    return this.carryOut(verdict, { exchange, active, chunk, ...reading });
  }

  private carryOut(verdict: RequestVerdict, now: Reading & { exchange: HttpExchange; active: ActiveRule | null; chunk: Buffer }): boolean {
    switch (verdict.type) {
      case 'pass':
        this.mode = 'pass';
        this.flush();
        return false;
      case 'delay':
        this.delay(verdict.delayMs, now);
        return true;
      case 'respond':
        return this.respond(faultAnswer(verdict, this.scanner.head, now.active?.faultId ?? ''), now.exchange);
      case 'hang':
        this.hang(verdict.closeAfterMs);
        return true;
    }
  }

  /** Counted from the arrival of the bytes, so requests that were sent together are late together and not one after the other. */
  private delay(delayMs: number, { chunk, kept, at, arrivedMs }: Reading & { chunk: Buffer }): void {
    this.collected.push(chunk.subarray(kept, at));
    this.behind = chunk.subarray(at);
    this.parts.link.holdClient();
    this.gate.hold(arrivedMs + delayMs, () => {
      const rest = this.behind;
      this.behind = NOTHING;
      this.mode = 'pass';
      this.parts.onRelease();
      this.flush();
      this.readFrom(rest, arrivedMs);
      if (!this.gate.closed) this.parts.link.releaseClient();
    });
  }

  private respond(answer: FaultAnswer, exchange: HttpExchange): boolean {
    this.collected = [];
    this.answering = answer;
    exchange.answer = answer;
    this.mode = answer.ready ? 'over' : 'drop';
    if (answer.ready) this.parts.onAnswer();
    return answer.ready;
  }

  private hang(closeAfterMs: number | null): void {
    this.mode = 'hung';
    this.collected = [];
    // Answers to earlier requests still come; behind them the connection is silent, also when the upstream closes it as idle.
    if (this.parts.exchanges.length === 1) this.parts.link.silenceUpstream();
    if (closeAfterMs !== null) this.gate.hold(this.startedMs + closeAfterMs, () => this.parts.link.close('fault'));
  }

  private onDropped(at: number): number {
    const answer = this.answering;
    this.answering = null;
    this.mode = answer?.closes === true ? 'over' : 'pass';
    if (answer !== null) answer.ready = true;
    this.parts.onAnswer();
    return at;
  }

  private dispose(bytes: Buffer): void {
    if (this.mode === 'pass') this.parts.link.toUpstream(bytes);
    else if (this.mode === 'collect') this.collected.push(bytes);
  }

  private onViolation(rest: Buffer): void {
    this.flush();
    this.parts.onNotHttp(this.scanner.problem, rest);
  }

  /** Sends on what was collected. */
  flush(): void {
    for (const bytes of this.collected) this.parts.link.toUpstream(bytes);
    this.collected = [];
  }

  ruleLifted(): void {
    if (this.mode === 'hung') return this.parts.link.reset('fault');
    if (this.mode === 'collect' && !this.gate.closed) {
      this.mode = 'pass';
      this.flush();
    }
    this.gate.open();
  }

  /** Another relay takes over: sends on everything that is held, unread. */
  handOver(): void {
    const { behind, collected } = this;
    const held = this.gate.closed;
    this.drop();
    this.parts.link.toUpstream(Buffer.concat([...collected, behind]));
    if (held) this.parts.link.releaseClient();
  }

  drop(): void {
    this.gate.drop();
    this.collected = [];
    this.behind = NOTHING;
  }
}

interface Reading {
  /** Offset of the first byte that is neither sent on nor collected nor dropped. */
  readonly kept: number;
  readonly at: number;
  readonly arrivedMs: number;
}
