import { setDefaultResultOrder } from 'node:dns';
import type { ChildMessage } from '#contracts';
import { Agent } from './agent.js';
import { SYSTEM_CLOCK } from './clock.js';
import { readConfig } from './config.js';
import type { AgentConfig } from './config.js';
import { DriverTable } from './faults/driver-table.js';
import { EdgeDriver } from './faults/edge-driver.js';
import { hostDrivers } from './host/host-drivers.js';
import { lockDirectory } from './ledger/directory-lock.js';
import { Ledger } from './ledger/ledger.js';
import { createLog } from './log.js';
import type { Log } from './log.js';
import { toxicRefusal } from './policy/policy-refusal.js';
import { readPolicy } from './policy/read-policy.js';
import type { HostPolicy } from './policy/read-policy.js';
import { DataPlane } from './proxy/data-plane.js';
import { readSystemFile } from './system-file.js';
import type { SystemResult } from './system-file.js';
import { makeConfiguredProxies, serveToxiproxy } from './toxiproxy-face.js';
import { createWatchdog } from './watchdog/create-watchdog.js';

// `localhost` is 127.0.0.1 to Toxiproxy's clients and to most services; Node would listen on whichever address the resolver gives first.
setDefaultResultOrder('ipv4first');

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
  const policy = await readPolicy(config.policyFile);
  if (!policy.ok) return fail(policy.problem);
  const lock = await lockDirectory(config.dataDirectory);
  if (!lock.ok) return fail(lock.problem);
  const problem = await run({ config, system: file.system, policy: policy.policy, release: lock.release });
  if (problem === null) return tellParent({ type: 'ready' });
  await lock.release();
  fail(problem);
}

interface Setting {
  readonly config: AgentConfig;
  readonly system: Extract<SystemResult, { ok: true }>['system'];
  readonly policy: HostPolicy;
  readonly release: () => Promise<void>;
}

/** Gives what kept it from serving, in one line; null when it serves. */
async function run({ config, system, policy, release }: Setting): Promise<string | null> {
  const log = createLog(config.logLevel);
  const ledger = await Ledger.open(config.dataDirectory, log);
  const dataPlane = new DataPlane({ system, ledger, log, clock: SYSTEM_CLOCK, random: Math.random });
  const faceParts = { proxies: dataPlane, allowed: () => toxicRefusal(policy) };
  const problem = (await dataPlane.listen()) ?? (await makeConfiguredProxies(config.toxiproxy, faceParts));
  if (problem !== null) return problem;
  const { hostname, port, protocol } = new URL(config.server);
  const control = { host: hostname, port: Number(port) || (protocol === 'wss:' ? 443 : 80) };
  const drivers = new DriverTable([new EdgeDriver((edge) => dataPlane.edgeProxy(edge)), ...hostDrivers({ policy: policy.rules, control, log })]);
  const agent = new Agent({ config, system, policy, dataPlane, drivers, watchdog: createWatchdog({ clock: SYSTEM_CLOCK, log }), ledger, clock: SYSTEM_CLOCK, random: Math.random, log });
  const face = await serveToxiproxy(config.toxiproxy, { ...faceParts, log, warn: (message) => tellParent({ type: 'progress', message: message.slice(0, 200) }) });
  endProperly({ stop: () => Promise.all([agent.stop(), face.close()]), release, log });
  await agent.start();
  log.info({ edges: system.proxies.length, residue: ledger.residue.length, toxiproxy: face.port }, 'agent ready');
  return null;
}

interface Ending {
  readonly stop: () => Promise<unknown>;
  readonly release: () => Promise<void>;
  readonly log: Log;
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
