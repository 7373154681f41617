import { agentPolicySchema } from '#contracts';
import type { FaultKind, FaultOrder } from '#contracts';
import { SYSTEM_CLOCK } from '../../../apps/agent/src/clock.js';
import type { FaultDriver } from '../../../apps/agent/src/faults/fault-driver.js';
import type { Undo } from '../../../apps/agent/src/faults/undo.js';
import { runCommand } from '../../../apps/agent/src/host/commands.js';
import type { RunCommand } from '../../../apps/agent/src/host/commands.js';
import { hostDrivers } from '../../../apps/agent/src/host/host-drivers.js';
import { createLog } from '../../../apps/agent/src/log.js';
import { createWatchdog } from '../../../apps/agent/src/watchdog/create-watchdog.js';
import { answerCalls } from './answer-calls.js';
import type { DriverSettings } from './driver-settings.js';

/** Drivers and watchdog in a process that can be killed: what an agent is to them. */
const settings = JSON.parse(process.env['DRIVER_SETTINGS'] ?? '{}') as DriverSettings;
const log = createLog('silent');
const drivers = hostDrivers({ policy: agentPolicySchema.parse(settings.policy), control: settings.control, log, run: failing(runCommand) });
const watchdog = createWatchdog({ clock: SYSTEM_CLOCK, log });
let losses = 0;
/** Commands that change something fail after so many lines of theirs; `undo`: at once, so that nothing is undone. */
let failChange: number | 'undo' | null = null;
watchdog.onLost(() => (losses += 1));

/** With a failure planted, commands that change something fail: after some of their lines, or in spite of success. */
function failing(run: RunCommand): RunCommand {
  return async (argv, input) => {
    const changes = argv.includes('-batch') || argv.includes('-f') || argv.includes('del') || argv.includes('delete');
    // A trial in a network of its own changes nothing.
    if (failChange === null || !changes || argv[0] === 'unshare') return run(argv, input);
    if (failChange === 'undo') return { exitCode: 1, stdout: '', stderr: 'planted failure' };
    const lines = input?.stdin?.split('\n') ?? [];
    const cut = argv[0] === 'tc' ? { ...input, stdin: `${lines.slice(0, failChange).join('\n')}\n` } : input;
    await run(argv, cut);
    return { exitCode: 1, stdout: '', stderr: 'planted failure' };
  };
}

function driverOf(kind: string): FaultDriver {
  const driver = drivers.find(({ kinds }) => kinds.includes(kind as FaultKind));
  if (driver === undefined) throw new Error(`no driver for ${kind}`);
  return driver;
}

answerCalls({
  capabilities: async () => (await Promise.all(drivers.map((driver) => driver.capabilities()))).flat(),
  refusal: (order: FaultOrder) => driverOf(order.spec.kind).refusal(order),
  plan: (order: FaultOrder) => driverOf(order.spec.kind).plan(order),
  apply: (order: FaultOrder, undo: Undo) => driverOf(order.spec.kind).apply(order, undo),
  prove: (order: FaultOrder, undo: Undo) => driverOf(order.spec.kind).prove(order, undo),
  revert: (kind: FaultKind, undo: Undo) => driverOf(kind).revert(undo),
  sweep: (kind: FaultKind) => driverOf(kind).sweep?.(),
  failChanges: (after: number | 'undo' | null) => void (failChange = after),
  hold: (undo: Undo, leaseLeftMs: number) => watchdog.hold(undo, leaseLeftMs),
  renew: (faultId: string, leaseLeftMs: number) => watchdog.renew(faultId, leaseLeftMs),
  release: (faultId: string) => watchdog.release(faultId),
  watchdog: () => ({ state: watchdog.state, losses }),
  stop: () => watchdog.stop(),
});
