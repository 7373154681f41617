import { performance } from 'node:perf_hooks';
import { Gate } from '../gate.js';
import { BodyEffects } from './body-effects.js';
import type { CutEnd } from './body-effects.js';
import type { BodyEffect } from './decision.js';
import { HttpScanner } from './http-scanner.js';
import type { MessageRole } from './head-scanner.js';

/** What one direction of a connection makes of its messages. */
export interface FlowOwner {
  send(bytes: Buffer): void;
  /** Stops the socket that the bytes come from, and lets it go on. */
  hold(): void;
  release(): void;
  /** A message begins. True: its head is kept until it is complete and `headRead` has said what becomes of it. */
  begins(arrivedMs: number): boolean;
  headRead(arrivedMs: number): void;
  messageRead(): void;
  /** A fault cut the body; what came before the cut has been sent. */
  cut(end: CutEnd): void;
  /** The bytes stopped being HTTP that can be followed. */
  unreadable(): void;
}

/**
 * What becomes of the bytes that are being read: sent on, kept until the head is complete, or thrown away up to the end of the message. `shut` throws
 * away all that follows.
 */
type Mode = 'pass' | 'collect' | 'drop' | 'shut';

interface Arrival {
  readonly chunk: Buffer;
  readonly arrivedMs: number;
}

// A timer cannot wait for less, and a piece that is due within it is not worth one.
const SHORTEST_WAIT_MS = 1;
const NOTHING = Buffer.alloc(0);

/**
 * One direction of an HTTP connection. Without a fault every chunk goes on whole, at once. A fault may have a head kept, changed or thrown away, and
 * may suspend the flow: then the rest of the chunk waits unread, and the socket is not read.
 *
 *     chunk -> scanner -> pass | collect -> owner's word | drop
 *                 ^                              |
 *                 '---- behind (unread) <---- suspend
 */
export class MessageFlow {
  readonly scanner: HttpScanner;
  private readonly gate = new Gate();
  private mode: Mode = 'pass';
  private collected: Buffer[] = [];
  private body: BodyEffects | null = null;
  /** Payload that is read and waits for its time. */
  private paced: Buffer = NOTHING;
  private behind: Arrival[] = [];
  private held = false;
  private due: (() => void) | null = null;
  private onceRead: (() => void) | null = null;
  /** The chunk that is being read: sent, kept or thrown away up to `kept`, and scanned up to `at`. */
  private chunk: Buffer = NOTHING;
  private kept = 0;
  private at = 0;

  constructor(
    role: MessageRole,
    private readonly owner: FlowOwner,
  ) {
    this.scanner = new HttpScanner(role);
  }

  get collecting(): boolean {
    return this.mode === 'collect';
  }
  /** The bytes of the head that was collected; valid in `headRead`. */
  get head(): Buffer {
    this.settle();
    if (this.collected.length > 1) this.collected = [Buffer.concat(this.collected)];
    return this.collected[0] ?? NOTHING;
  }

  /** What is read but neither sent nor thrown away; valid in `unreadable`. */
  get unsent(): Buffer {
    return Buffer.concat([...this.collected, this.paced, this.chunk.subarray(this.kept)]);
  }

  read(chunk: Buffer): void {
    if (this.mode === 'shut') return;
    const arrivedMs = performance.now();
    if (this.held) this.behind.push({ chunk, arrivedMs });
    else this.readFrom(chunk, arrivedMs);
  }

  /** Sends what was collected, as it came or as `head`, and lets the rest of the message follow with these faults on its body. */
  pass(head?: Buffer, bodyEffects: readonly BodyEffect[] = []): void {
    this.mode = 'pass';
    if (head === undefined) for (const bytes of this.collected) this.owner.send(bytes);
    else this.owner.send(head);
    this.collected = [];
    if (bodyEffects.length > 0) this.watchBody(new BodyEffects(bodyEffects));
  }

  /** Throws the message away, from its first byte to its last. */
  drop(): void {
    this.mode = 'drop';
    this.collected = [];
  }

  /** Throws away everything that is not sent yet, and all that follows. The socket is read on, so that its end is seen. */
  shut(): void {
    this.forget();
    this.goOn();
  }

  /** The connection is over. */
  dispose(): void {
    this.forget();
    this.held = false;
    this.onceRead = null;
  }

  /** Reads nothing more until `dueMs` on the monotonic clock; then calls `act` and goes on. */
  suspend(dueMs: number, act: () => void): void {
    this.settle();
    if (!this.held) this.owner.hold();
    this.held = true;
    this.due = act;
    this.gate.hold(dueMs, () => this.resume());
  }

  /** Moves the end of a suspension, to now where it lies in the past. */
  suspendUntil(dueMs: number): void {
    if (this.due === null) return;
    this.gate.drop();
    if (dueMs <= performance.now()) this.resume();
    else this.gate.hold(dueMs, () => this.resume());
  }

  /** Calls `act` once everything that has arrived is read. */
  whenRead(act: () => void): void {
    if (this.held) this.onceRead = act;
    else act();
  }

  /** The fault no longer acts on the body that is being read: what it holds goes on at once. */
  liftFromBody(faultId: string): void {
    if (this.body?.lifted(faultId) !== true) return;
    this.scanner.watchPayload(this.body.pieceBytes);
    if (this.gate.closed) this.gate.open();
  }

  /** Another takes over: gives every byte that is not sent, and shuts. */
  surrender(): Buffer {
    const unsent = Buffer.concat([this.unsent, ...this.behind.map(({ chunk }) => chunk)]);
    this.onceRead = null;
    this.shut();
    return unsent;
  }

  /** Sends, keeps or throws away what is read of the chunk. */
  settle(): void {
    const { chunk, kept, at } = this;
    if (kept === at) return;
    // Making a view costs as much as reading a short head, and nearly every chunk goes on whole.
    const bytes = kept === 0 && at === chunk.length ? chunk : chunk.subarray(kept, at);
    this.kept = at;
    if (this.mode === 'pass') this.owner.send(bytes);
    else if (this.mode === 'collect') this.collected.push(bytes);
  }

  private readFrom(chunk: Buffer, arrivedMs: number): void {
    this.chunk = chunk;
    this.kept = this.at = 0;
    while (!this.gate.closed && this.mode !== 'shut') {
      this.at = this.scanner.scan(this.chunk, this.at);
      if (this.scanner.event === 'more') return this.finishChunk();
      if (this.scanner.event === 'violation') return this.owner.unreadable();
      this.onEvent(this.scanner.event, arrivedMs);
    }
    if (this.mode !== 'shut') this.behind.unshift({ chunk: this.chunk.subarray(this.at), arrivedMs });
    this.chunk = NOTHING;
    this.kept = this.at = 0;
  }

  private finishChunk(): void {
    this.settle();
    this.chunk = NOTHING;
    this.kept = this.at = 0;
  }

  private onEvent(event: 'start' | 'head' | 'payload' | 'end', arrivedMs: number): void {
    switch (event) {
      case 'start':
        return this.onStart(arrivedMs);
      case 'head':
        return this.owner.headRead(arrivedMs);
      case 'payload':
        return this.onPayload();
      case 'end':
        return this.onEnd();
    }
  }

  private onStart(arrivedMs: number): void {
    if (!this.owner.begins(arrivedMs)) return;
    this.settle();
    this.mode = 'collect';
  }

  private onEnd(): void {
    this.body = null;
    if (this.mode === 'drop') {
      this.settle();
      this.mode = 'pass';
    }
    this.owner.messageRead();
  }

  private watchBody(body: BodyEffects): void {
    this.body = body;
    this.scanner.watchPayload(body.pieceBytes);
  }

  private onPayload(): void {
    const { body, at } = this;
    const from = this.scanner.payloadFrom;
    this.at = from;
    this.settle();
    this.kept = this.at = at;
    if (body === null) return;
    this.paced = this.chunk.subarray(from, at);
    const nowMs = performance.now();
    const dueMs = body.dueMs(this.paced.length, nowMs);
    if (dueMs - nowMs < SHORTEST_WAIT_MS) this.deliver(body);
    else this.suspend(dueMs, () => this.deliver(body));
  }

  private deliver(body: BodyEffects): void {
    const { bytes, cut } = body.take(this.paced);
    this.paced = NOTHING;
    this.owner.send(bytes);
    if (cut !== null) this.owner.cut(cut);
  }

  private resume(): void {
    const act = this.due;
    this.due = null;
    act?.();
    while (!this.gate.closed && this.mode !== 'shut') {
      const next = this.behind.shift();
      if (next === undefined) break;
      this.readFrom(next.chunk, next.arrivedMs);
    }
    if (!this.gate.closed) this.goOn();
  }

  private goOn(): void {
    const { held, onceRead } = this;
    this.held = false;
    this.onceRead = null;
    if (held) this.owner.release();
    onceRead?.();
  }

  private forget(): void {
    this.mode = 'shut';
    this.gate.drop();
    this.due = this.body = null;
    this.collected = [];
    this.behind = [];
    this.paced = this.chunk = NOTHING;
    this.kept = this.at = 0;
  }
}
