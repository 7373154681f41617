import type { AgentMessage, FaultOrder, Proof } from '#contracts';
import { summarizeFault } from '#faults';
import type { FaultDriver } from '../faults/fault-driver.js';
import type { Undo } from '../faults/undo.js';
import type { Log } from '../log.js';

// Probes mostly wait, so a few at once prove a thousand faults in good time; all at once would slow the traffic that they must not touch.
const AT_ONCE = 8;

interface ProverParts {
  readonly driverOf: (kind: FaultOrder['spec']['kind']) => FaultDriver | undefined;
  /** Whether what was probed still acts. */
  readonly isActive: (faultId: string) => boolean;
  readonly tell: (message: AgentMessage) => boolean;
  readonly wallMs: () => number;
  readonly log: Log;
}

interface Job {
  readonly order: FaultOrder;
  readonly undo: Undo;
}

/** Has each fault that was applied probed in the background, and tells what it really does. */
export class Prover {
  private readonly waiting: Job[] = [];
  private readonly untold = new Map<string, Proof>();
  private running = 0;

  constructor(private readonly parts: ProverParts) {}

  prove(order: FaultOrder, undo: Undo): void {
    this.waiting.push({ order, undo });
    this.next();
  }

  /** Tells what could not be told before. */
  connected(): void {
    for (const [faultId, proof] of this.untold) if (this.parts.tell({ type: 'proof', faultId, proof })) this.untold.delete(faultId);
  }

  private next(): void {
    const job = this.running < AT_ONCE ? this.waiting.shift() : undefined;
    if (job === undefined) return;
    this.running += 1;
    void this.carryOut(job).finally(() => {
      this.running -= 1;
      this.next();
    });
  }

  private async carryOut({ order, undo }: Job): Promise<void> {
    const driver = this.parts.driverOf(order.spec.kind);
    // What was over at once left its effect behind, and that is what is looked at.
    const counts = (): boolean => driver?.instant?.has(order.spec.kind) === true || this.parts.isActive(order.faultId);
    if (driver === undefined || !counts()) return;
    const proof = await driver.prove(order, undo).catch((error: unknown) => this.failed(order, error));
    // A fault that ended meanwhile was measured as it went.
    if (counts()) this.tell(order.faultId, proof);
  }

  private failed({ spec }: FaultOrder, error: unknown): Proof {
    const why = error instanceof Error ? error.message : String(error);
    return { verdict: 'unproven', asked: summarizeFault(spec).slice(0, 300), got: '', how: `it could not be probed: ${why}`.slice(0, 300), atMs: this.parts.wallMs() };
  }

  private tell(faultId: string, proof: Proof): void {
    const { log, tell } = this.parts;
    if (proof.verdict === 'does-not-bite') log.warn({ faultId, proof }, 'A fault was applied and does NOT do what was asked.');
    else log.info({ faultId, proof }, 'fault probed');
    if (!tell({ type: 'proof', faultId, proof })) this.untold.set(faultId, proof);
  }
}
