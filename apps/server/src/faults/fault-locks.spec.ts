import { describe, expect, it } from 'vitest';
import { lockOf, type FaultKind, type FaultTarget } from '#contracts';
import type { FaultRow } from '../storage/faults.store.js';
import { FaultLocks } from './fault-locks.js';

const HOST: FaultTarget = { type: 'host', agent: 'local' };

function fault(id: string, kind: FaultKind, state: FaultRow['state'] = 'active'): FaultRow {
  return { id, target: HOST, lockKey: lockOf(kind, HOST), state } as FaultRow;
}

describe('locks of faults', () => {
  it('are held by each until the last is gone', () => {
    const locks = new FaultLocks();
    const [first, second] = [fault('1', 'network-delay'), fault('2', 'network-loss')];
    locks.set(first);
    locks.set(second);
    expect(locks.holder(first.lockKey)?.id).toBe('1');
    locks.release(first);
    expect(locks.holder(first.lockKey)?.id).toBe('2');
    locks.release(second);
    expect(locks.holder(first.lockKey)).toBeNull();
  });

  it('are separate for what does not disturb each other on one host', () => {
    const locks = new FaultLocks();
    locks.set(fault('1', 'cpu-stress'));
    expect(locks.holder(lockOf('network-delay', HOST))).toBeNull();
  });

  it('know of a failed revert anywhere on the target until it is mended', () => {
    const locks = new FaultLocks();
    locks.set(fault('1', 'cpu-stress', 'revert-failed'));
    expect(locks.failedOn(HOST)?.id).toBe('1');
    expect(locks.failedOn({ type: 'host', agent: 'other' })).toBeNull();
    locks.set(fault('1', 'cpu-stress', 'reverting'));
    expect(locks.failedOn(HOST)).toBeNull();
  });
});
