import type { CallTarget } from '../http/dependency.js';
import type { ProcessMetrics } from '../process/process-metrics.js';
import { KvConnection } from './kv-connection.js';
import type { KvResult } from './kv-connection.js';
import type { Command } from './protocol.js';

// One exchange at a time on each, so a slow one delays only itself. With every command timing out at 500 ms these still carry 64 a second, more than
// the shop's peak; more at once means that the cache is not keeping up anyway.
const MAX_CONNECTIONS = 32;

/** Talks to the cache over a few connections that it opens when needed and keeps. Every command ends within the policy's timeout. */
export class KvClient {
  readonly #idle: KvConnection[] = [];
  readonly #port: number;
  readonly #host: string;
  #open = 0;

  constructor(
    private readonly target: CallTarget,
    private readonly metrics: ProcessMetrics,
  ) {
    const colon = target.address.lastIndexOf(':');
    this.#host = target.address.slice(0, colon);
    this.#port = Number(target.address.slice(colon + 1));
  }

  async send(command: Command): Promise<KvResult> {
    const connection = this.#take();
    const result: KvResult = connection === null ? { kind: 'failed', reason: 'busy' } : await connection.exchange(command, this.target.policy.timeoutMs);
    if (connection !== null) this.#giveBack(connection);
    this.metrics.callEnded(this.target.name, result.kind === 'failed' ? result.reason : result.reply.kind);
    return result;
  }

  #take(): KvConnection | null {
    const idle = this.#idle.pop();
    if (idle?.usable === true) return idle;
    if (idle === undefined && this.#open >= MAX_CONNECTIONS) return null;
    // An idle one that was closed from the other side while it lay there keeps its place in the count for its successor.
    if (idle === undefined) this.#open += 1;
    return new KvConnection(this.#host, this.#port);
  }

  #giveBack(connection: KvConnection): void {
    if (connection.usable) this.#idle.push(connection);
    else this.#open -= 1;
  }
}
