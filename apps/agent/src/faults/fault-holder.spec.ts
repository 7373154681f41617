import type { AgentMessage, FaultOrder } from '#contracts';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../clock.js';
import type { LedgerEntry } from '../ledger/ledger.js';
import { createLog } from '../log.js';
import { FaultHolder } from './fault-holder.js';

const ID = 'b6a1f1f0-0000-4000-8000-000000000001';
const OTHER = 'b6a1f1f0-0000-4000-8000-000000000002';
const EDGE = { source: 'a', target: 'b', protocol: 'http' } as const;
const ORDER: FaultOrder = { faultId: ID, spec: { kind: 'down', params: {} }, target: { type: 'edge', edge: EDGE }, leaseTtlMs: 10_000, notAfterMs: 60_000, seed: 1 };

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
  /** What happened to disk and target, in order. */
  readonly deeds: string[];
  readonly fail: { add: boolean; apply: boolean; revert: boolean; refusal: string | null };
  /** While set, ledger writes wait for it. */
  disk: Promise<void>;
  online: boolean;
}

function world(residue: readonly LedgerEntry[] = []): World {
  const clock = new FakeClock();
  const said: AgentMessage[] = [];
  const deeds: string[] = [];
  const fail: World['fail'] = { add: false, apply: false, revert: false, refusal: null };
  const may = (deed: 'add' | 'apply' | 'revert', faultId: string): void => {
    if (fail[deed]) throw new Error(`${deed} failed`);
    deeds.push(`${deed} ${faultId.slice(-1)}`);
  };
  const here: Omit<World, 'holder'> = { clock, said, deeds, fail, disk: Promise.resolve(), online: true };
  const holder = new FaultHolder({
    clock,
    log: createLog('silent'),
    driver: { refusal: () => fail.refusal, apply: ({ faultId }) => may('apply', faultId), revert: (faultId) => may('revert', faultId) },
    ledger: {
      residue,
      add: async ({ faultId }) => {
        await here.disk;
        may('add', faultId);
      },
      remove: async (faultId) => void deeds.push(`remove ${faultId.slice(-1)}`),
    },
    tell: (message) => here.online && said.push(message) > 0,
    nextReportSeq: () => 7,
  });
  return Object.assign(here, { holder });
}

describe('FaultHolder', () => {
  it('writes the undo before it applies, and strikes it after it reverted', async () => {
    const { holder, deeds, said } = world();
    await holder.apply(ORDER);
    await holder.revert(ID, 'stopped');
    expect(deeds).toEqual(['add 1', 'apply 1', 'revert 1', 'remove 1']);
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
    expect(deeds).toEqual(['add 2', 'apply 2']);
  });

  it('says again that it applied when it is told again, and applies once', async () => {
    const { holder, deeds, said } = world();
    await holder.apply(ORDER);
    await holder.apply(ORDER);
    expect(deeds).toEqual(['add 1', 'apply 1']);
    expect(said.map((message) => message.type)).toEqual(['applied', 'applied']);
  });

  it('refuses what the driver cannot do, and a second fault on the target', async () => {
    const { holder, said, fail } = world();
    await holder.apply(ORDER);
    await holder.apply({ ...ORDER, faultId: OTHER });
    fail.refusal = 'no such edge';
    await holder.apply({ ...ORDER, faultId: OTHER });
    expect(said.slice(1)).toEqual([
      { type: 'apply-refused', faultId: OTHER, reason: expect.stringContaining(ID) },
      { type: 'apply-refused', faultId: OTHER, reason: 'no such edge' },
    ]);
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

  it('reports what a crash left behind, and strikes it once the server has heard', async () => {
    const here = world([{ faultId: ID, kind: 'down', target: ORDER.target, writtenAt: '2026-01-01T00:00:00.000Z' }]);
    expect(here.holder.held()).toEqual([]);
    here.holder.connected();
    expect(here.said).toEqual([expect.objectContaining({ type: 'reverted', faultId: ID, reason: 'agent-restarted' })]);
    await here.holder.acknowledged(6);
    expect(here.deeds).toEqual([]);
    await here.holder.acknowledged(7);
    expect(here.deeds).toEqual(['remove 1']);
  });
});
