import { describe, expect, it } from 'vitest';
import type { FaultState } from '#contracts';
import type { FaultRow } from '../storage/faults.store.js';
import { refusalOf } from './fault-leases.service.js';

const NOW = new Date('2026-01-01T00:00:10Z');

function fault(state: FaultState, parts: Partial<FaultRow> = {}): FaultRow {
  const row: FaultRow = {
    id: 'f',
    spec: { kind: 'down', params: {} },
    target: { type: 'edge', edge: { source: 'a', target: 'b', protocol: 'http' } },
    lockKey: 'a>b/http',
    overlap: 'refuse',
    groupId: null,
    durationMs: 5_000,
    state,
    agent: 'local',
    createdBy: 'ada',
    createdAt: new Date(0),
    appliedAt: null,
    endsAt: new Date(NOW.getTime() + 1_000),
    endedAt: null,
    revertedAt: null,
    endReason: null,
    problem: null,
    proof: null,
    lastSeq: 2,
  };
  return { ...row, ...parts };
}

describe('refusalOf', () => {
  it('lets a fault live that acts and may', () => {
    expect(refusalOf(fault('active'), { at: NOW, halted: false })).toBeNull();
    expect(refusalOf(fault('applying', { endsAt: null }), { at: NOW, halted: false })).toBeNull();
  });

  it('refuses what is not known', () => {
    expect(refusalOf(null, { at: NOW, halted: false })).toBe('unknown-to-server');
  });

  it('refuses everything while halted', () => {
    expect(refusalOf(fault('active'), { at: NOW, halted: true })).toBe('halted');
  });

  it('refuses a fault whose time is over', () => {
    expect(refusalOf(fault('active', { endsAt: NOW }), { at: NOW, halted: false })).toBe('duration-over');
  });

  it('refuses a fault that is being stopped, with why', () => {
    expect(refusalOf(fault('reverting', { endReason: 'halted' }), { at: NOW, halted: false })).toBe('halted');
    expect(refusalOf(fault('revert-failed'), { at: NOW, halted: false })).toBe('stopped');
  });
});
