import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { END_REASONS, FAULT_STATES, type Proof } from '#contracts';
import type { FaultRow } from '../storage/faults.store.js';
import { stepFault, type FaultChange } from './fault-lifecycle.js';

const T0 = new Date('2026-01-01T00:00:00Z');
const EDGE = { source: 'a', target: 'b', protocol: 'http' } as const;
const PLANNED: FaultRow = {
  id: '00000000-0000-4000-8000-000000000000',
  spec: { kind: 'down', params: {} },
  target: { type: 'edge', edge: EDGE },
  lockKey: 'a>b/http',
  overlap: 'refuse',
  groupId: null,
  durationMs: 5_000,
  state: 'planned',
  agent: 'local',
  createdBy: 'ada',
  createdAt: T0,
  appliedAt: null,
  endsAt: null,
  endedAt: null,
  revertedAt: null,
  endReason: null,
  problem: null,
  proof: null,
  lastSeq: 0,
};

function after(sec: number): Date {
  return new Date(T0.getTime() + sec * 1_000);
}

/** The fault after all changes, one a second; changes that mean nothing are skipped. */
function run(...changes: readonly FaultChange[]): FaultRow {
  return changes.reduce((fault, change, i) => stepFault(fault, change, after(i + 1)) ?? fault, PLANNED);
}

const ORDERED: FaultChange = { type: 'ordered' };
const APPLIED: FaultChange = { type: 'applied' };
const STOP: FaultChange = { type: 'revert-ordered', reason: 'stopped' };
const REVERTED: FaultChange = { type: 'reverted', reason: 'stopped' };
const PROOF: Proof = { verdict: 'does-not-bite', asked: '+400 ms on each request', got: '+0.2 ms', how: 'five probes', atMs: 1 };
const PROVEN: FaultChange = { type: 'proven', proof: PROOF };
const LAPSED: FaultChange = { type: 'lease-lapsed' };

const reason = fc.constantFrom(...END_REASONS);
const problem = fc.string({ maxLength: 20 });
const change: fc.Arbitrary<FaultChange> = fc.oneof(
  fc.constant(ORDERED),
  fc.constant(APPLIED),
  fc.record({ type: fc.constant('refused' as const), problem }),
  fc.record({ type: fc.constant('revert-ordered' as const), reason }),
  fc.record({ type: fc.constant('reverted' as const), reason }),
  fc.record({ type: fc.constant('revert-failed' as const), problem }),
  fc.constant(LAPSED),
  fc.constant(PROVEN),
);

describe('stepFault', () => {
  it('leads through a whole life', () => {
    const fault = run(ORDERED, APPLIED, STOP, REVERTED);
    expect(fault).toMatchObject({ state: 'reverted', endReason: 'stopped', lastSeq: 4, appliedAt: after(2), endsAt: after(7), endedAt: after(4), revertedAt: after(4) });
  });

  it('counts the duration from the confirmation', () => {
    expect(run(ORDERED, APPLIED).endsAt).toEqual(after(2 + 5));
  });

  it('ends a refused fault with the reason of the agent', () => {
    expect(run(ORDERED, { type: 'refused', problem: 'no such proxy' })).toMatchObject({ state: 'reverted', endReason: 'refused', problem: 'no such proxy' });
  });

  it('does not count a second stop', () => {
    expect(run(ORDERED, APPLIED, STOP, STOP).lastSeq).toBe(3);
  });

  it('does not bring a fault back to life by a late confirmation', () => {
    expect(run(ORDERED, STOP, APPLIED)).toMatchObject({ state: 'reverting', appliedAt: null });
  });

  it('leaves a lapsed fault unconfirmed until the agent says so', () => {
    const lapsed = run(ORDERED, APPLIED, LAPSED);
    expect(lapsed).toMatchObject({ state: 'reverted', endReason: 'lease-expired', endedAt: after(3), revertedAt: null });
    expect(lapsed.problem).not.toBeNull();
    const confirmed = stepFault(lapsed, { type: 'reverted', reason: 'lease-expired' }, after(60));
    expect(confirmed).toMatchObject({ revertedAt: after(60), endedAt: after(3), problem: null });
  });

  it('makes a lapsed fault loud again when the agent could not let go', () => {
    expect(run(ORDERED, APPLIED, LAPSED, { type: 'revert-failed', problem: 'stuck' })).toMatchObject({ state: 'revert-failed', endedAt: null, problem: 'stuck' });
  });

  it('can retry a failed revert', () => {
    expect(run(ORDERED, APPLIED, STOP, { type: 'revert-failed', problem: 'stuck' }, STOP, REVERTED).state).toBe('reverted');
  });

  it('keeps the proof, whatever it says, through the end', () => {
    expect(run(ORDERED, APPLIED, PROVEN)).toMatchObject({ state: 'active', proof: PROOF, lastSeq: 3 });
    expect(run(ORDERED, APPLIED, PROVEN, STOP, REVERTED)).toMatchObject({ state: 'reverted', proof: PROOF });
    expect(run(ORDERED, APPLIED, STOP, PROVEN)).toMatchObject({ state: 'reverting', proof: PROOF });
  });

  it('is total, numbers every change without gaps, and never leaves a confirmed end', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        let fault = PLANNED;
        for (const [i, each] of changes.entries()) {
          const next = stepFault(fault, each, after(i + 1));
          if (fault.state === 'reverted' && fault.revertedAt !== null) expect(next).toBeNull();
          if (next === null) continue;
          expect(next.lastSeq).toBe(fault.lastSeq + 1);
          expect(FAULT_STATES).toContain(next.state);
          if (next.state === 'reverted') expect(next.endedAt).not.toBeNull();
          fault = next;
        }
      }),
    );
  });
});
