import { describe, expect, it } from 'vitest';
import type { Clock } from '../clock.js';
import type { Undo } from '../faults/undo.js';
import { createLog } from '../log.js';
import { DeadManSwitch } from './dead-man-switch.js';

const ID = 'b6a1f1f0-0000-4000-8000-000000000001';
const STOP: Undo = { driver: 'process', faultId: ID, action: 'stop', pid: 4711, startTicks: '1', wasStopped: false };
const TABLE: Undo = { driver: 'nft', faultId: ID, table: 'faultline_b6a1f1f0', before: '' };

class FakeClock implements Clock {
  private nowMs = 0;
  private timers: { readonly dueMs: number; readonly act: () => void }[] = [];
  monotonicMs = (): number => this.nowMs;
  wallMs = (): number => this.nowMs;
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
    for (let i = 0; i < 20; i++) await Promise.resolve();
  }
}

function world(failures = 0): { readonly clock: FakeClock; readonly dead: DeadManSwitch; readonly deeds: string[] } {
  const clock = new FakeClock();
  const deeds: string[] = [];
  let left = failures;
  const undo = async ({ driver }: Undo): Promise<void> => {
    deeds.push(`undo ${driver}`);
    if (left-- > 0) throw new Error('planted failure');
  };
  return { clock, deeds, dead: new DeadManSwitch({ clock, undo, log: createLog('silent'), onDone: () => deeds.push('end') }) };
}

describe('DeadManSwitch', () => {
  it('undoes when a lease runs out, and only once', async () => {
    const { clock, dead, deeds } = world();
    dead.take({ type: 'hold', undo: STOP, leaseLeftMs: 1_000 });
    await clock.advance(1_000);
    expect(deeds).toEqual([]);
    await clock.advance(500);
    await clock.advance(60_000);
    expect(deeds).toEqual(['undo process']);
  });

  it('waits longer when the lease was renewed', async () => {
    const { clock, dead, deeds } = world();
    dead.take({ type: 'hold', undo: STOP, leaseLeftMs: 1_000 });
    await clock.advance(900);
    dead.take({ type: 'renew', faultId: ID, leaseLeftMs: 1_000 });
    await clock.advance(1_000);
    expect(deeds).toEqual([]);
    await clock.advance(300);
    expect(deeds).toEqual(['undo process']);
  });

  it('forgets what was released, and ends at once when the agent does', async () => {
    const { clock, dead, deeds } = world();
    dead.take({ type: 'hold', undo: STOP, leaseLeftMs: 1_000 });
    dead.take({ type: 'release', faultId: ID });
    await clock.advance(60_000);
    dead.agentEnded();
    expect(deeds).toEqual(['end']);
  });

  it('undoes what is held when the agent ends, then ends', async () => {
    const { clock, dead, deeds } = world();
    dead.take({ type: 'hold', undo: STOP, leaseLeftMs: 60_000 });
    dead.agentEnded();
    await clock.advance(0);
    expect(deeds).toEqual(['undo process', 'end']);
  });

  it('looks a second time for what another process may still have been doing, before it ends', async () => {
    const { clock, dead, deeds } = world();
    dead.take({ type: 'hold', undo: TABLE, leaseLeftMs: 60_000 });
    dead.agentEnded();
    await clock.advance(0);
    expect(deeds).toEqual(['undo nft']);
    await clock.advance(1_000);
    expect(deeds).toEqual(['undo nft', 'undo nft', 'end']);
  });

  it('tries again, later and later, until it is undone', async () => {
    const { clock, dead, deeds } = world(3);
    dead.take({ type: 'hold', undo: STOP, leaseLeftMs: 60_000 });
    dead.agentEnded();
    await clock.advance(0);
    for (const waitMs of [250, 500]) await clock.advance(waitMs);
    expect(deeds).toEqual(['undo process', 'undo process', 'undo process']);
    await clock.advance(1_000);
    expect(deeds.slice(3)).toEqual(['undo process', 'end']);
  });

  it('leaves it to an agent that lives and has undone it', async () => {
    const { clock, dead, deeds } = world(1_000);
    dead.take({ type: 'hold', undo: STOP, leaseLeftMs: 0 });
    await clock.advance(300);
    dead.take({ type: 'release', faultId: ID });
    for (let i = 0; i < 10; i++) await clock.advance(10_000);
    expect(deeds).toEqual(['undo process']);
  });
});
