import { Agent } from 'node:http';
import { exchange } from '../http/exchange.js';

const ASK_EVERY_MS = 50;
const ANSWER_WITHIN_MS = 1_000;

/** True once `/healthz` on 127.0.0.1:`port` answers 200, asked directly and not through a proxy; false at `deadlineMs` (monotonic). */
export async function becomesHealthy(port: number, deadlineMs: number): Promise<boolean> {
  const agent = new Agent();
  for (;;) {
    const result = await exchange({ agent, host: '127.0.0.1', port, method: 'GET', path: '/healthz', headers: {}, body: null, timeoutMs: ANSWER_WITHIN_MS });
    if (result.kind === 'answered' && result.status === 200) return true;
    if (performance.now() > deadlineMs) return false;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}
