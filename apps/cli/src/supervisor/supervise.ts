import { setTimeout as sleep } from 'node:timers/promises';
import type { UpConfig } from '../config/up-config.js';
import { failureLine } from '../console/failure-line.js';
import type { ProgressConsole } from '../console/progress-console.js';
import { openDataDir } from '../data-dir/data-dir.js';
import { lockDataDir } from '../data-dir/lock.js';
import { requireFreePort } from '../port/listening-port.js';
import type { Parts } from './parts.js';
import { startParts, type ServerAddress } from './start-parts.js';
import { StopOrder } from './stop-order.js';
import { listenForStop, type StopReason, type StopRequest } from './stop-request.js';

export interface Supervision {
  readonly config: UpConfig;
  readonly parts: Parts;
  readonly console: ProgressConsole;
}

const FORCED_EXIT_CODE = 130;
/** What was killed needs a moment to be gone. */
const FORCED_GRACE_MS = 300;

/**
 * Runs all of Faultline until it is asked to stop; resolves to the exit code with everything stopped and the data directory released.
 * Throws what kept it from starting, after undoing what had started.
 */
export async function supervise({ config, parts, console }: Supervision): Promise<number> {
  const dataDir = await openDataDir(config.dataDir, config.minFreeBytes);
  const lock = await lockDataDir(config.dataDir);
  const order = new StopOrder();
  const stop = listenForStop({ parentIsNpm: config.startedByNpm });
  // The last net, for an end that goes through none of the code below.
  const cleanUp = (): void => {
    order.killAll();
    lock.release();
  };
  process.once('exit', cleanUp);
  try {
    await requireFreePort(config.port);
    const starting = startParts({ config, parts, dataDir, console, order });
    const reason = await Promise.race([stop.asked, starting.then((address) => announce(config, console, address)).then(() => stop.asked)]);
    // A stop during the start makes the start fail, and that failure is not news.
    starting.catch(() => undefined);
    return await end({ reason, order, stop, console });
  } catch (error) {
    await order.stopAll((part, text) => console.step(part, text));
    throw error;
  } finally {
    process.off('exit', cleanUp);
    lock.release();
    stop.dispose();
  }
}

function announce(config: UpConfig, console: ProgressConsole, address: ServerAddress): void {
  if (config.demo === null && config.systemFile === null) console.step('agent', `none: connect one with FAULTLINE_SERVER=ws://127.0.0.1:${config.port} FAULTLINE_ENROL_TOKEN=${address.enrolToken} (docs/running.md)`);
  console.step('ready', 'Ctrl-C stops everything');
  console.line(address.signInUrl === null ? `\n  Open:  ${address.origin}/` : `\n  Sign in (this link works once):  ${address.signInUrl}`);
}

async function end(ending: { reason: StopReason; order: StopOrder; stop: StopRequest; console: ProgressConsole }): Promise<number> {
  const { reason, order, stop, console } = ending;
  console.step('stopping', reason.kind === 'asked' ? `asked by ${reason.by}` : failureLine(reason.error));
  const orderly = order.stopAll((part, text) => console.step(part, text)).then(() => true);
  if (await Promise.race([orderly, stop.insisted.then(() => false)])) {
    console.step('stopped', 'nothing is left running');
    return reason.kind === 'asked' ? 0 : 1;
  }
  order.killAll();
  await sleep(FORCED_GRACE_MS);
  console.step('stopped', 'by force');
  return FORCED_EXIT_CODE;
}
