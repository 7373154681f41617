import { parentPort, workerData } from 'node:worker_threads';
import { openMetricSource } from './open-metric-source.js';
import { QuestionRunner } from './question-runner.js';
import type { FromThread, ThreadSettings, ToThread } from './thread-messages.js';

// A store that reads into buffers outside of any turn is caught by this.
const WATCH_EVERY_MS = 50;

/**
 * The thread in which queries run. Nothing that a query does may hold up the server's own event loop, which renews the leases of faults.
 *
 *     QueryThread (server) -- ask, cancel --> this -- answer, refusal --> QueryThread
 */
const port = parentPort!;
const { source: location, engine, maxBufferBytes } = workerData as ThreadSettings;
const opened = openMetricSource(location);
const send = (message: FromThread, handOver: readonly ArrayBuffer[] = []): void => port.postMessage(message, handOver);
const source = opened.then((store) => store.source);
// Whoever asks hears of it.
source.catch(() => undefined);
const runner = new QuestionRunner(
  source,
  { engine, maxBufferBytes, bufferBytes: () => process.memoryUsage().arrayBuffers },
  send,
);
const watch = setInterval(() => runner.watchBuffers(), WATCH_EVERY_MS);
port.on('message', (message: ToThread) => void take(message));
opened.then(
  () => send({ type: 'ready' }),
  (problem: unknown) => {
    send({ type: 'failed', problem: problem instanceof Error ? problem.message : String(problem) });
    end();
  },
);

async function take(message: ToThread): Promise<void> {
  switch (message.type) {
    case 'ask':
      return runner.ask(message.id, message.question, message.timeoutMs);
    case 'cancel':
      return runner.cancel(message.id);
    case 'close':
      runner.cancelAll();
      await (await opened).close();
      return end();
  }
}

function end(): void {
  clearInterval(watch);
  port.close();
}
