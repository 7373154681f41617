import { describe, expect, it } from 'vitest';
import type { FaultView, HaltResult } from '#contracts';
import { haltResultText } from './halt-result-text.js';

const FAULT: FaultView = {
  id: 'f',
  spec: { kind: 'down', params: {} },
  target: { type: 'edge', edge: { source: 'a', target: 'b', protocol: 'tcp' } },
  durationMs: 1_000,
  state: 'reverting',
  agent: 'local',
  createdBy: 'Ada',
  createdAt: '2026-01-01T00:00:00.000Z',
  appliedAt: null,
  endsAt: null,
  revertedAt: null,
  endReason: null,
  problem: null,
  groupId: null,
  proof: null,
};
const RESULT: HaltResult = { halt: { id: 'h', by: 'Ada', since: '2026-01-01T00:00:00.000Z', reason: '' }, reverted: 2, open: [], openUntil: null, unleased: { removed: 0, open: [] }, tookMs: 43 };

describe('haltResultText', () => {
  it('says how many ended and how fast', () => expect(haltResultText(RESULT)).toBe('Ended 2 faults in 43 ms.'));
  it('does not claim an end that nobody confirmed', () => {
    const text = haltResultText({ ...RESULT, reverted: 1, open: [FAULT], openUntil: '2026-01-01T00:00:10.000Z' });
    expect(text).toMatch(/^Ended 1 fault in 43 ms\. Not confirmed yet: a -> b \(tcp\); the lease ends it by \d\d:\d\d:10 at the latest\.$/);
  });
  it('counts toxics apart, and says when no lease will end them', () => {
    const toxic = { agent: 'local', proxy: 'p', edge: { source: 'a', target: 'b', protocol: 'tcp' }, toxic: null, sinceMs: 0 } as const;
    expect(haltResultText({ ...RESULT, unleased: { removed: 3, open: [] } })).toBe('Ended 2 faults and 3 toxics in 43 ms.');
    expect(haltResultText({ ...RESULT, reverted: 0, unleased: { removed: 0, open: [toxic] } })).toBe('Ended 0 faults in 43 ms. Not confirmed, and no lease ends it: 1 toxic on a -> b (tcp). Look at Faults until it is gone.');
  });
  it('says that there was nothing to end', () => expect(haltResultText({ ...RESULT, reverted: 0 })).toBe('No fault was active; it took 43 ms.'));
});
