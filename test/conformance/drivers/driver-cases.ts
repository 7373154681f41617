import { deepEqual, equal, match, notEqual, ok, rejects } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Proof } from '#contracts';
import type { Undo } from '../../../apps/agent/src/faults/undo.js';
import { waitUntil } from '../../support/wait-until.js';
import { CallProcess } from './call-process.js';
import { DRIVER_PROCESS } from './entries.js';
import type { DriverKind, Rig } from './rig.js';
import { isAlive, watchdogOf } from './watchdog-of.js';

/** One promise that every driver keeps. `except`: why it does not concern a kind; nothing is left out in silence. */
export interface DriverCase {
  readonly title: string;
  readonly except?: (kind: DriverKind) => string | null;
  readonly run: (rig: Rig) => Promise<void>;
}

const LEASE_MS = 60_000;
// A fault is gone well before this when anything undoes it at all; a slow machine is no failure.
const CLEAN_WITHIN_MS = 30_000;

const killsForGood = (kind: DriverKind): string | null => (kind === 'process-kill' ? 'a killed process is not brought back' : null);
const withoutCommands = (kind: DriverKind): string | null => (kind.startsWith('network-') ? null : 'it runs no command that could fail');

/** A driver in a process of its own, as an agent has it. */
function startDriver({ network, settings }: Rig): CallProcess {
  const env = { DRIVER_SETTINGS: JSON.stringify(settings) };
  return CallProcess.start(DRIVER_PROCESS, network === undefined ? { env } : { network, env });
}

async function withDriver<T>(rig: Rig, act: (driver: CallProcess) => Promise<T>): Promise<T> {
  const driver = startDriver(rig);
  try {
    return await act(driver);
  } finally {
    await driver.kill();
  }
}

interface Planned {
  readonly faultId: string;
  readonly undo: Undo;
  readonly apply: () => Promise<void>;
}

/** As an agent does: refuse or plan, and apply when told to. */
async function planned(rig: Rig, driver: CallProcess): Promise<Planned> {
  const faultId = randomUUID();
  const order = rig.order(faultId);
  equal(await driver.call('refusal', order), null, 'the order is refused');
  const undo = await driver.call<Undo>('plan', order);
  return { faultId, undo, apply: () => driver.call('apply', order, undo) };
}

async function applied(rig: Rig, driver: CallProcess): Promise<Planned> {
  const fault = await planned(rig, driver);
  await fault.apply();
  await waitUntil('the target is hit', () => rig.isHit());
  return fault;
}

async function isClean(rig: Rig, before: string): Promise<void> {
  await waitUntil('the target is as before', async () => (await rig.snapshot()) === before && !(await rig.isHit()), CLEAN_WITHIN_MS);
}

const revert = (rig: Rig, driver: CallProcess, { undo }: Planned): Promise<void> => driver.call('revert', rig.kind, undo);

export const DRIVER_CASES: readonly DriverCase[] = [
  {
    title: 'apply changes the target, measured from outside, and the proof says so',
    run: async (rig) => {
      ok(!(await rig.isHit()), 'the target is hit before anything was done');
      await withDriver(rig, async (driver) => {
        const fault = await applied(rig, driver);
        const proof = await driver.call<Proof>('prove', rig.order(fault.faultId), fault.undo);
        notEqual(proof.verdict, 'does-not-bite', `${proof.got}; ${proof.how}`);
        await revert(rig, driver, fault);
      });
    },
  },
  {
    title: 'apply twice is apply once',
    except: killsForGood,
    run: async (rig) => {
      const before = await rig.snapshot();
      await withDriver(rig, async (driver) => {
        const fault = await applied(rig, driver);
        const once = await rig.snapshot();
        await fault.apply();
        equal(await rig.snapshot(), once);
        await revert(rig, driver, fault);
      });
      await isClean(rig, before);
    },
  },
  {
    title: 'revert restores the target, and the difference to before is nothing',
    except: killsForGood,
    run: async (rig) => {
      const before = await rig.snapshot();
      await withDriver(rig, async (driver) => revert(rig, driver, await applied(rig, driver)));
      equal(await rig.snapshot(), before);
      ok(!(await rig.isHit()), 'the target is still hit');
    },
  },
  {
    title: 'revert twice is harmless, also by a process that knows nothing but the undo',
    run: async (rig) => {
      const before = await rig.snapshot();
      await withDriver(rig, async (driver) => {
        const fault = await applied(rig, driver);
        await withDriver(rig, (other) => revert(rig, other, fault));
        await withDriver(rig, (other) => revert(rig, other, fault));
        await revert(rig, driver, fault);
      });
      equal(await rig.snapshot(), before);
    },
  },
  {
    title: 'an agent that is killed in the middle of apply leaves nothing that the undo does not take away',
    except: killsForGood,
    run: async (rig) => {
      const before = await rig.snapshot();
      for (const afterMs of [0, 3, 10, 30, 100]) {
        const driver = startDriver(rig);
        const fault = await planned(rig, driver);
        const applying = fault.apply().catch(() => undefined);
        await sleep(afterMs);
        await driver.kill();
        await applying;
        await withDriver(rig, (other) => revert(rig, other, fault));
        equal(await rig.snapshot(), before, `killed ${afterMs} ms after apply began`);
      }
      await isClean(rig, before);
    },
  },
  {
    title: 'an apply that fails after any of its steps rejects, and its revert leaves nothing',
    except: (kind) => killsForGood(kind) ?? withoutCommands(kind),
    run: async (rig) => {
      const before = await rig.snapshot();
      await withDriver(rig, async (driver) => {
        for (let steps = 0; steps <= 8; steps++) {
          const fault = await planned(rig, driver);
          await driver.call('failChanges', steps);
          await rejects(fault.apply(), /planted failure/);
          await driver.call('failChanges', null);
          await revert(rig, driver, fault);
          equal(await rig.snapshot(), before, `failed after ${steps} steps`);
        }
      });
    },
  },
  {
    title: 'a revert that fails is loud, and a later one still restores the target',
    except: (kind) => killsForGood(kind) ?? withoutCommands(kind),
    run: async (rig) => {
      const before = await rig.snapshot();
      await withDriver(rig, async (driver) => {
        const fault = await applied(rig, driver);
        await driver.call('failChanges', 'undo');
        await rejects(revert(rig, driver, fault), /still/);
        await driver.call('failChanges', null);
        ok(await rig.isHit(), 'the target is clean although its revert failed');
        await revert(rig, driver, fault);
      });
      await isClean(rig, before);
    },
  },
  {
    title: 'a target that has vanished counts as reverted',
    run: async (rig) => {
      await withDriver(rig, async (driver) => {
        const fault = await applied(rig, driver);
        await rig.vanish();
        await revert(rig, driver, fault);
        await withDriver(rig, (other) => revert(rig, other, fault));
      });
    },
  },
  {
    title: 'a sweep finds what carries our name without any undo',
    except: (kind) => (kind.startsWith('process-') ? 'a signal carries no name' : null),
    run: async (rig) => {
      const before = await rig.snapshot();
      await withDriver(rig, async (driver) => {
        await applied(rig, driver);
        const found = await withDriver(rig, (other) => other.call<readonly string[]>('sweep', rig.kind));
        ok(found.length > 0, 'the sweep found nothing');
      });
      await isClean(rig, before);
      deepEqual(await withDriver(rig, (other) => other.call('sweep', rig.kind)), []);
    },
  },
  {
    title: 'SIGKILL of the agent: the watchdog reverts and ends',
    except: killsForGood,
    run: async (rig) => {
      const before = await rig.snapshot();
      const driver = startDriver(rig);
      const fault = await planned(rig, driver);
      await driver.call('hold', fault.undo, LEASE_MS);
      const watchdog = await watchdogOf(driver.pid);
      await fault.apply();
      await waitUntil('the target is hit', () => rig.isHit());
      await driver.kill();
      await isClean(rig, before);
      await waitUntil('the watchdog has ended', () => !isAlive(watchdog));
    },
  },
  {
    title: 'an agent that is stopped cannot keep a fault beyond its lease: the watchdog reverts',
    except: killsForGood,
    run: async (rig) => {
      const before = await rig.snapshot();
      const driver = startDriver(rig);
      const fault = await planned(rig, driver);
      await driver.call('hold', fault.undo, LEASE_MS);
      await fault.apply();
      await waitUntil('the target is hit', () => rig.isHit());
      await driver.call('renew', fault.faultId, 300);
      // The order has left the agent once the next one is confirmed.
      await driver.call('hold', { driver: 'edge', faultId: randomUUID() }, LEASE_MS);
      driver.signal('SIGSTOP');
      // Memory and connections of a stopped agent stay; only the fault goes.
      await isClean(rig, before);
      driver.signal('SIGCONT');
      await driver.kill();
    },
  },
  {
    title: 'SIGKILL of the watchdog is noticed, and the next one takes over',
    except: killsForGood,
    run: async (rig) => {
      const before = await rig.snapshot();
      const driver = startDriver(rig);
      const fault = await planned(rig, driver);
      await driver.call('hold', fault.undo, LEASE_MS);
      await fault.apply();
      await waitUntil('the target is hit', () => rig.isHit());
      process.kill(await watchdogOf(driver.pid), 'SIGKILL');
      await waitUntil('the loss is noticed', async () => (await driver.call<{ readonly losses: number }>('watchdog')).losses === 1);
      ok(await rig.isHit(), 'the loss of the watchdog touched the fault');
      match((await driver.call<{ readonly state: string }>('watchdog')).state, /lost/);
      await driver.call('hold', fault.undo, LEASE_MS);
      await driver.kill();
      await isClean(rig, before);
    },
  },
];
