import type { ChildMessage } from '#contracts';
import { Agent } from './agent.js';
import { SYSTEM_CLOCK } from './clock.js';
import { readConfig } from './config.js';
import { lockDirectory } from './ledger/directory-lock.js';
import { Ledger } from './ledger/ledger.js';
import { createLog } from './log.js';
import { DataPlane } from './proxy/data-plane.js';
import { readSystemFile } from './system-file.js';

// Reverting takes moments; a stop that takes longer is stuck, and the leases end what it could not.
const STOP_WITHIN_MS = 5_000;

/** Says it to the parent, if there is one. */
function tellParent(message: ChildMessage): void {
  if (process.connected) process.send?.(message);
}

function fail(problem: string): void {
  tellParent({ type: 'failed', message: problem.slice(0, 1_000) });
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
  // An open IPC channel keeps a process alive; closing it lets the message above leave first.
  if (process.connected) process.disconnect();
}

async function main(): Promise<void> {
  const settings = readConfig(process.env);
  if (!settings.ok) return fail(settings.problem);
  const { config } = settings;
  const file = await readSystemFile(config.systemFile);
  if (!file.ok) return fail(file.problem);
  const lock = await lockDirectory(config.dataDirectory);
  if (!lock.ok) return fail(lock.problem);
  const log = createLog(config.logLevel);
  const ledger = await Ledger.open(config.dataDirectory, log);
  const dataPlane = new DataPlane(file.system, log);
  const problem = await dataPlane.listen();
  if (problem !== null) {
    await lock.release();
    return fail(problem);
  }
  const agent = new Agent({ config, system: file.system, dataPlane, ledger, clock: SYSTEM_CLOCK, random: Math.random, log });
  endProperly({ stop: () => agent.stop(), release: lock.release, log });
  agent.start();
  log.info({ edges: file.system.proxies.length, residue: ledger.residue.length }, 'agent ready');
  tellParent({ type: 'ready' });
}

interface Ending {
  readonly stop: () => Promise<void>;
  readonly release: () => Promise<void>;
  readonly log: ReturnType<typeof createLog>;
}

/** Every way out reverts first: a signal, a parent that is gone, and an error that nobody expected. */
function endProperly({ stop, release, log }: Ending): void {
  let ending = false;
  const end = (exitCode: number): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(exitCode), STOP_WITHIN_MS).unref();
    stop()
      .then(release)
      .catch((error: unknown) => log.error({ err: error }, 'The agent could not stop cleanly.'))
      .finally(() => process.exit(exitCode));
  };
  process.on('SIGTERM', () => end(0));
  process.on('SIGINT', () => end(0));
  process.on('disconnect', () => end(0));
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, 'Something unexpected happened: reverting every fault and stopping.');
      end(1);
    });
  }
}

main().catch((error: unknown) => fail(`The agent could not start: ${error instanceof Error ? error.message : String(error)}`));
