import type { AgentMessage, FaultOrder } from '#contracts';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../clock.js';
import type { LedgerEntry } from '../ledger/ledger-format.js';
import { createLog } from '../log.js';
import type { FaultDriver } from './fault-driver.js';
import { FaultHolder } from './fault-holder.js';
import type { Undo } from './undo.js';

const ID = 'b6a1f1f0-0000-4000-8000-000000000001';
const OTHER = 'b6a1f1f0-0000-4000-8000-000000000002';
const EDGE = { source: 'a', target: 'b', protocol: 'http' } as const;
const ORDER: FaultOrder = { faultId: ID, spec: { kind: 'down', params: {} }, target: { type: 'edge', edge: EDGE }, leaseTtlMs: 10_000, notAfterMs: 60_000, seed: 1, overlap: 'refuse' };
/** Outlives the agent, so the watchdog has to hold it. */
const STOP: FaultOrder = { ...ORDER, spec: { kind: 'process-stop', params: {} }, target: { type: 'process', agent: 'local', process: { by: 'pid', pid: 42 } } };
const KILL: FaultOrder = { ...STOP, spec: { kind: 'process-kill', params: { signal: 'SIGKILL' } } };

class FakeClock implements Clock {
  private nowMs = 0;
  private timers: { readonly dueMs: number; readonly act: () => void }[] = [];
  monotonicMs = (): number => this.nowMs;
  wallMs = (): number => 1_700_000_000_000 + this.nowMs;
  after = (delayMs: number, act: () => void): (() => void) => {
    const timer = { dueMs: this.nowMs + delayMs, act };
    this.timers.push(timer);
    return () => void (this.timers = this.timers.filter((other) => other !== timer));
  };
  async advance(ms: number): Promise<void> {
    this.nowMs += ms;
    const due = this.timers.filter((timer) => timer.dueMs <= this.nowMs);
    this.timers = this.timers.filter((timer) => timer.dueMs > this.nowMs);
    for (const timer of due) timer.act();
    await settled();
  }
}

/** Lets every promise that can go on without time or I/O do so. */
async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

interface World {
  readonly holder: FaultHolder;
  readonly clock: FakeClock;
  readonly said: AgentMessage[];
  /** What happened to disk, watchdog and target, in order. */
  readonly deeds: string[];
  readonly fail: { plan: boolean; add: boolean; hold: boolean; apply: boolean; revert: boolean };
  /** What driver and policy have against an order. */
  refusal: string | null;
  forbidden: string | null;
  /** While set, ledger writes wait for it. */
  disk: Promise<void>;
  online: boolean;
  /** The watchdog is gone. */
  loseWatchdog: () => void;
  empty: number;
}

function undoOf({ faultId, spec }: FaultOrder): Undo {
  if (spec.kind === 'down') return { driver: 'edge', faultId };
  return { driver: 'process', faultId, action: 'stop', pid: 42, startTicks: '1', wasStopped: false };
}

function world(residue: readonly LedgerEntry[] = []): World {
  const clock = new FakeClock();
  const said: AgentMessage[] = [];
  const deeds: string[] = [];
  const fail: World['fail'] = { plan: false, add: false, hold: false, apply: false, revert: false };
  const may = (deed: keyof World['fail'], faultId: string): void => {
    if (fail[deed]) throw new Error(`${deed} failed`);
    if (deed !== 'plan') deeds.push(`${deed} ${faultId.slice(-1)}`);
  };
  const here: Omit<World, 'holder'> = { clock, said, deeds, fail, refusal: null, forbidden: null, disk: Promise.resolve(), online: true, loseWatchdog: () => undefined, empty: 0 };
  const driver: FaultDriver = {
    kinds: ['down', 'process-stop', 'process-kill'],
    instant: new Set(['process-kill']),
    capabilities: () => Promise.resolve([]),
    refusal: () => Promise.resolve(here.refusal),
    plan: (order) => {
      may('plan', order.faultId);
      return undoOf(order);
    },
    apply: ({ faultId }) => may('apply', faultId),
    prove: () => Promise.reject(new Error('nobody asked')),
    revert: ({ faultId }) => may('revert', faultId),
  };
  const holder = new FaultHolder({
    clock,
    log: createLog('silent'),
    driverOf: (kind) => (driver.kinds.includes(kind) ? driver : undefined),
    policyRefusal: (_, held) => here.forbidden ?? (held >= 3 ? `${held} is enough` : null),
    watchdog: {
      state: 'running',
      hold: async ({ faultId }) => may('hold', faultId),
      renew: (faultId, leftMs) => void deeds.push(`renew ${faultId.slice(-1)} ${leftMs}`),
      release: (faultId) => void deeds.push(`release ${faultId.slice(-1)}`),
      onLost: (act) => (here.loseWatchdog = act),
      stop: () => Promise.resolve(),
    },
    ledger: {
      residue,
      add: async ({ undo }) => {
        await here.disk;
        may('add', undo.faultId);
      },
      remove: async (faultId) => void deeds.push(`remove ${faultId.slice(-1)}`),
    },
    tell: (message) => here.online && said.push(message) > 0,
    nextReportSeq: () => 7,
    onApplied: ({ faultId }) => void deeds.push(`applied ${faultId.slice(-1)}`),
    onEmpty: () => (here.empty += 1),
  });
  return Object.assign(here, { holder });
}

describe('FaultHolder', () => {
  it('writes the undo before it applies, and strikes it after it reverted', async () => {
    const { holder, deeds, said } = world();
    await holder.apply(ORDER);
    await holder.revert(ID, 'stopped');
    expect(deeds).toEqual(['add 1', 'apply 1', 'applied 1', 'revert 1', 'remove 1']);
    expect(said.map((message) => message.type)).toEqual(['applied', 'reverted']);
  });

  it('applies nothing when the undo cannot be written', async () => {
    const { holder, deeds, said, fail } = world();
    fail.add = true;
    await holder.apply(ORDER);
    expect(deeds).toEqual([]);
    expect(said).toEqual([{ type: 'apply-refused', faultId: ID, reason: expect.stringContaining('add failed') }]);
    fail.add = false;
    await holder.apply({ ...ORDER, faultId: OTHER });
    expect(deeds).toEqual(['add 2', 'apply 2', 'applied 2']);
  });

  it('says again that it applied when it is told again, and applies once', async () => {
    const { holder, deeds, said } = world();
    await holder.apply(ORDER);
    await holder.apply(ORDER);
    expect(deeds).toEqual(['add 1', 'apply 1', 'applied 1']);
    expect(said.map((message) => message.type)).toEqual(['applied', 'applied']);
  });

  it('refuses what cannot be planned', async () => {
    const { holder, deeds, said, fail } = world();
    fail.plan = true;
    await holder.apply(ORDER);
    expect(deeds).toEqual([]);
    expect(said).toEqual([{ type: 'apply-refused', faultId: ID, reason: expect.stringContaining('plan failed') }]);
    expect(holder.held()).toEqual([]);
  });

  it('refuses what policy or driver have something against, and a second fault on the target', async () => {
    const here = world();
    const { holder, said } = here;
    const reasons = (): unknown[] => said.splice(0).map((message) => (message.type === 'apply-refused' ? message.reason : message.type));
    await holder.apply(ORDER);
    await holder.apply({ ...ORDER, faultId: OTHER });
    here.refusal = 'no such edge';
    await holder.apply({ ...ORDER, faultId: OTHER });
    here.forbidden = 'not on this host';
    await holder.apply({ ...ORDER, faultId: OTHER });
    await holder.apply({ ...ORDER, faultId: OTHER, spec: { kind: 'memory-stress', params: { mebibytes: 1 } } });
    expect(reasons()).toEqual(['applied', expect.stringContaining(ID), 'no such edge', 'not on this host', 'not on this host']);
    here.forbidden = null;
    await holder.apply({ ...ORDER, faultId: OTHER, spec: { kind: 'memory-stress', params: { mebibytes: 1 } } });
    expect(reasons()).toEqual(['this agent has no driver for memory-stress']);
  });

  it('lets faults meet on a target when they are asked to, and ends each by itself', async () => {
    const { holder, deeds, said } = world();
    await holder.apply(ORDER);
    await holder.apply({ ...ORDER, faultId: OTHER, overlap: 'allow' });
    await holder.revert(ID, 'stopped');
    expect(holder.holdings().map(({ faultId, state }) => [faultId, state])).toEqual([[OTHER, 'active']]);
    expect(deeds.slice(-2)).toEqual(['revert 1', 'remove 1']);
    expect(said.at(-1)).toMatchObject({ type: 'reverted', faultId: ID });
  });

  it('counts what is still being looked at among the active faults that the policy allows', async () => {
    const { holder, said } = world();
    const edge = (n: number): FaultOrder => ({ ...ORDER, faultId: `${ID.slice(0, -1)}${n}`, target: { type: 'edge', edge: { ...EDGE, target: `b${n}` } } });
    await Promise.all([1, 2, 3, 4, 5].map((n) => holder.apply(edge(n))));
    expect(said.map(({ type }) => type).sort()).toEqual(['applied', 'applied', 'applied', 'apply-refused', 'apply-refused']);
  });

  it('applies an order once that comes twice at the same time', async () => {
    const { holder, deeds } = world();
    await Promise.all([holder.apply(ORDER), holder.apply(ORDER)]);
    expect(deeds).toEqual(['add 1', 'apply 1', 'applied 1']);
  });

  it('does not apply what was stopped while the driver was asked', async () => {
    const { holder, deeds, said } = world();
    const applying = holder.apply(ORDER);
    await holder.revert(ID, 'halted');
    await applying;
    expect(deeds).toEqual([]);
    expect(said.map(({ type }) => type)).toEqual(['reverted', 'apply-refused']);
  });

  it('has the watchdog hold what outlives the agent before it applies it, and keeps it told', async () => {
    const { holder, deeds, clock } = world();
    await holder.apply(STOP);
    await clock.advance(4_000);
    await holder.renewed({ asked: [ID], sentMs: 4_000, granted: [ID], refused: [] });
    await holder.revert(ID, 'stopped');
    expect(deeds).toEqual(['add 1', 'hold 1', 'apply 1', 'renew 1 10000', 'applied 1', 'renew 1 10000', 'revert 1', 'release 1', 'remove 1']);
  });

  it('applies nothing that the watchdog does not hold', async () => {
    const { holder, deeds, said, fail } = world();
    fail.hold = true;
    await holder.apply(STOP);
    expect(deeds).toEqual(['add 1', 'revert 1', 'release 1', 'remove 1']);
    expect(said).toEqual([{ type: 'apply-refused', faultId: ID, reason: expect.stringContaining('hold failed') }, expect.objectContaining({ type: 'reverted', reason: 'refused' })]);
  });

  it('finds another watchdog when the first is gone, or lets go', async () => {
    const { holder, deeds, said, fail, loseWatchdog } = world();
    await holder.apply(STOP);
    await holder.apply({ ...ORDER, faultId: OTHER });
    loseWatchdog();
    await settled();
    expect(deeds.filter((deed) => deed.startsWith('hold'))).toEqual(['hold 1', 'hold 1']);
    fail.hold = true;
    loseWatchdog();
    await settled();
    expect(said.at(-1)).toMatchObject({ type: 'reverted', faultId: ID, reason: 'lease-expired' });
    expect(holder.held().map(({ faultId }) => faultId)).toEqual([OTHER]);
  });

  it('ends at once what is over as soon as it was applied', async () => {
    const { holder, said, deeds } = world();
    await holder.apply(KILL);
    expect(said).toEqual([expect.objectContaining({ type: 'applied' }), expect.objectContaining({ type: 'reverted', reason: 'done' })]);
    expect(deeds).toContain('applied 1');
  });

  it('says what it holds, for how long, and since when it is on disk', async () => {
    const here = world();
    await here.holder.apply(ORDER);
    await here.clock.advance(2_000);
    expect(here.holder.holdings()).toEqual([{ faultId: ID, kind: 'down', target: ORDER.target, state: 'active', leaseLeftMs: 8_000, ledgerSinceMs: 1_700_000_000_000 }]);
    expect(here.empty).toBe(0);
    await here.holder.revertAll('halted');
    expect([here.holder.holdings(), here.empty]).toEqual([[], 1]);
  });

  it('undoes a fault that could only be applied in part', async () => {
    const { holder, deeds, said, fail } = world();
    fail.apply = true;
    await holder.apply(ORDER);
    expect(deeds).toEqual(['add 1', 'revert 1', 'remove 1']);
    expect(said[0]).toMatchObject({ type: 'apply-refused' });
    expect(holder.held()).toEqual([]);
  });

  it('reverts by itself when the lease is not renewed', async () => {
    const { holder, clock, said } = world();
    await holder.apply(ORDER);
    await clock.advance(9_999);
    expect(said).toHaveLength(1);
    await clock.advance(1);
    expect(said[1]).toMatchObject({ type: 'reverted', reason: 'lease-expired' });
  });

  it('lives on while it is renewed, until its longest life', async () => {
    const { holder, clock, said } = world();
    await holder.apply({ ...ORDER, notAfterMs: 12_000 });
    await clock.advance(5_000);
    await holder.renewed({ asked: [ID], sentMs: 5_000, granted: [ID], refused: [] });
    await clock.advance(6_999);
    expect(said).toHaveLength(1);
    await clock.advance(1);
    expect(said[1]).toMatchObject({ type: 'reverted', reason: 'duration-over' });
  });

  it('never applies what was stopped, or ran out, while the disk was busy', async () => {
    for (const end of ['stop', 'expiry'] as const) {
      const here = world();
      let free = (): void => undefined;
      here.disk = new Promise((resolve) => (free = resolve));
      const applying = here.holder.apply(ORDER);
      await settled();
      if (end === 'stop') await here.holder.revert(ID, 'halted');
      else await here.clock.advance(10_000);
      free();
      await applying;
      expect(here.deeds).toEqual(['add 1', 'revert 1', 'remove 1']);
      expect(here.said).toEqual([expect.objectContaining({ type: 'reverted', reason: end === 'stop' ? 'halted' : 'lease-expired' })]);
    }
  });

  it('refuses an order that comes after the end of its fault', async () => {
    const { holder, deeds, said } = world();
    await holder.revert(ID, 'halted');
    await holder.apply(ORDER);
    expect(deeds).toEqual([]);
    expect(said).toEqual([expect.objectContaining({ type: 'reverted', reason: 'halted' }), { type: 'apply-refused', faultId: ID, reason: 'this fault has already ended' }]);
  });

  it('reverts twice without harm and says so twice', async () => {
    const { holder, deeds, said } = world();
    await holder.apply(ORDER);
    await holder.revert(ID, 'stopped');
    await holder.revert(ID, 'halted');
    expect(deeds.filter((deed) => deed.startsWith('revert'))).toHaveLength(1);
    expect(said.slice(1)).toEqual([expect.objectContaining({ reason: 'stopped' }), expect.objectContaining({ reason: 'stopped' })]);
  });

  it('is loud about a revert that failed, blocks the target, and tries again when told', async () => {
    const { holder, said, deeds, fail } = world();
    await holder.apply(ORDER);
    fail.revert = true;
    await holder.revert(ID, 'stopped');
    expect(said[1]).toEqual({ type: 'revert-failed', faultId: ID, problem: 'revert failed' });
    expect(holder.held()).toEqual([{ faultId: ID, state: 'revert-failed', target: ORDER.target }]);
    await holder.apply({ ...ORDER, faultId: OTHER });
    expect(said[2]).toMatchObject({ type: 'apply-refused', faultId: OTHER });
    fail.revert = false;
    await holder.revertAll('halted');
    expect(deeds.slice(-2)).toEqual(['revert 1', 'remove 1']);
  });

  it('tries a failed revert again by itself, ever more rarely', async () => {
    const { holder, clock, said, fail } = world();
    await holder.apply(ORDER);
    fail.revert = true;
    await holder.revert(ID, 'stopped');
    const failures = (): number => said.filter(({ type }) => type === 'revert-failed').length;
    await clock.advance(1_000);
    expect(failures()).toBe(2);
    await clock.advance(1_000);
    expect(failures()).toBe(2);
    await clock.advance(1_000);
    expect(failures()).toBe(3);
    fail.revert = false;
    await clock.advance(4_000);
    expect(said.at(-1)).toMatchObject({ type: 'reverted', reason: 'stopped' });
    await clock.advance(60_000);
    expect(failures()).toBe(3);
  });

  it('waits for what is under way when it stops', async () => {
    const here = world();
    let free = (): void => undefined;
    here.disk = new Promise((resolve) => (free = resolve));
    void here.holder.apply(ORDER);
    await settled();
    let stopped = false;
    const stopping = here.holder.stop().then(() => (stopped = true));
    await settled();
    expect(stopped).toBe(false);
    free();
    await stopping;
    expect(here.deeds).toEqual(['add 1', 'revert 1', 'remove 1']);
  });

  it('reverts everything and takes no more orders when it stops', async () => {
    const { holder, said } = world();
    await holder.apply(ORDER);
    await holder.stop();
    await holder.apply({ ...ORDER, faultId: OTHER });
    expect(said.slice(1)).toEqual([expect.objectContaining({ type: 'reverted', reason: 'agent-stopped' }), { type: 'apply-refused', faultId: OTHER, reason: 'the agent is stopping' }]);
  });

  it('tells after a reconnect what ended while it was away, until the server has heard', async () => {
    const here = world();
    await here.holder.apply(ORDER);
    here.online = false;
    await here.clock.advance(10_000);
    here.online = true;
    here.holder.connected();
    here.holder.disconnected();
    here.holder.connected();
    expect(here.said.filter((message) => message.type === 'reverted')).toHaveLength(2);
    await here.holder.acknowledged(7);
    here.holder.disconnected();
    here.holder.connected();
    expect(here.said.filter((message) => message.type === 'reverted')).toHaveLength(2);
  });

  it('undoes what a crash left behind, and strikes it once the server has heard', async () => {
    const here = world([{ undo: undoOf(STOP), kind: 'process-stop', target: STOP.target, writtenAt: '2026-01-01T00:00:00.000Z' }]);
    await here.holder.clearResidue();
    expect(here.deeds).toEqual(['revert 1', 'release 1']);
    expect(here.holder.held()).toEqual([]);
    here.holder.connected();
    expect(here.said.at(-1)).toMatchObject({ type: 'reverted', faultId: ID, reason: 'agent-restarted' });
    await here.holder.acknowledged(6);
    expect(here.deeds).not.toContain('remove 1');
    await here.holder.acknowledged(7);
    expect(here.deeds).toContain('remove 1');
  });

  it('is loud about what a crash left behind and cannot be undone', async () => {
    const here = world([{ undo: undoOf(STOP), kind: 'process-stop', target: STOP.target, writtenAt: '2026-01-01T00:00:00.000Z' }]);
    here.fail.revert = true;
    await here.holder.clearResidue();
    expect(here.holder.held()).toEqual([{ faultId: ID, state: 'revert-failed', target: STOP.target }]);
    expect(here.holder.holdings()).toEqual([expect.objectContaining({ state: 'revert-failed', leaseLeftMs: null })]);
    await here.holder.apply({ ...STOP, faultId: OTHER, overlap: 'allow' });
    expect(here.said.at(-1)).toMatchObject({ type: 'apply-refused', faultId: OTHER });
    here.fail.revert = false;
    await here.clock.advance(1_000);
    expect(here.said.at(-1)).toMatchObject({ type: 'reverted', reason: 'agent-restarted' });
  });
});
