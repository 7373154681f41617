import { describe, expect, it } from 'vitest';
import type { AgentHoldingsView, FaultView, Holding } from '#contracts';
import { actingNow, cleanWord, isGrave } from './acting-now.js';

const target = { type: 'host', agent: 'local' } as const;
const fault = (id: string, state: FaultView['state'] = 'active'): FaultView => ({
  id, spec: { kind: 'cpu-stress', params: { workers: 1, loadPercent: 100 } }, target, durationMs: 1_000, state, agent: 'local', createdBy: 'x', createdAt: '', groupId: null,
  appliedAt: null, endsAt: null, revertedAt: null, endReason: null, problem: null, proof: null,
});
const holding = (faultId: string, state: Holding['state'] = 'active'): Holding => ({ faultId, kind: 'cpu-stress', target, state, leaseLeftMs: 9_000, ledgerSinceMs: 1 });
const agent = (holdings: readonly Holding[], more: Partial<AgentHoldingsView> = {}): AgentHoldingsView => ({ agent: 'local', connected: true, heardAt: '2026-01-01T00:00:00Z', watchdog: 'running', holdings, ...more });

describe('actingNow', () => {
  it('joins a fault with what its agent says', () => {
    const local = agent([holding('a')]);
    expect(actingNow({ faults: [fault('a')], unleased: [], agents: [local] }).acting).toEqual([{ fault: fault('a'), holding: holding('a'), agent: local }]);
  });

  it('keeps a fault that its agent does not speak of', () => {
    const local = agent([]);
    expect(actingNow({ faults: [fault('a')], unleased: [], agents: [local] }).acting).toEqual([{ fault: fault('a'), holding: null, agent: local }]);
  });

  it('lists what only an agent knows of', () => {
    const local = agent([holding('a'), holding('gone', 'residue')]);
    expect(actingNow({ faults: [fault('a')], unleased: [], agents: [local] }).leftovers).toEqual([{ holding: holding('gone', 'residue'), agent: local }]);
  });

  it('puts failed reverts first', () => {
    const { acting } = actingNow({ faults: [fault('a'), fault('b', 'revert-failed')], unleased: [], agents: [agent([holding('a')])] });
    expect(acting.map((one) => [one.fault.id, isGrave(one)])).toEqual([['b', true], ['a', false]]);
  });
});

describe('cleanWord', () => {
  it('is certain only when every agent is there and has spoken', () => {
    expect(cleanWord([agent([])])).toEqual({ certain: true, text: 'The agent says that it holds nothing.' });
    expect(cleanWord([agent([]), agent([], { agent: 'b', connected: false })])).toMatchObject({ certain: false, text: expect.stringContaining('b is away') });
    expect(cleanWord([agent([], { heardAt: null })])).toMatchObject({ certain: false, text: expect.stringContaining('not yet said') });
    expect(cleanWord([]).certain).toBe(false);
  });
});
