import { Counter } from 'prom-client';
import { createKvServer } from '../kv/kv-server.js';
import { KvStore } from '../kv/kv-store.js';
import type { ProcessContext, StartedProcess } from '../process/process-context.js';

// About 300 bytes each: 6 MB when full, well inside the process's 48.
const MAX_ENTRIES = 20_000;
const SWEEP_EVERY_MS = 10_000;

/** The cache-like dependency: a key-value server with a line protocol of its own. */
export function startSessionCache({ metrics }: ProcessContext<'session-cache'>): StartedProcess {
  const store = new KvStore(() => performance.now(), MAX_ENTRIES);
  const commands = new Counter({ name: 'shop_kv_commands_total', help: 'Commands answered', labelNames: ['command'], registers: [metrics.registry] });
  setInterval(() => store.sweep(), SWEEP_EVERY_MS);
  return { routes: [], tcpServer: createKvServer(store, (command) => commands.inc({ command })) };
}
