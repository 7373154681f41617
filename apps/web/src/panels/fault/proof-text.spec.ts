import { describe, expect, it } from 'vitest';
import { proofText } from './proof-text.js';

const PROOF = { verdict: 'bites', asked: '+400 ms on each request', got: '+401 ms (median of 5 probes)', how: 'probed through the proxy', atMs: 1 } as const;

describe('proofText', () => {
  it('says what was asked and what came', () => {
    expect(proofText({ proof: PROOF, state: 'active' })).toEqual({ verdict: 'bites', head: '✓ Proven.', text: 'Asked: +400 ms on each request. Got: +401 ms (median of 5 probes).', how: 'How: probed through the proxy.' });
  });
  it('says that a fault does not bite before anything else', () => {
    expect(proofText({ proof: { ...PROOF, verdict: 'does-not-bite', got: '' }, state: 'active' })).toMatchObject({ head: '◆ It does not bite.', text: 'Asked: +400 ms on each request. Got: nothing measured.' });
  });
  it('gives the reason why nothing could be measured', () => {
    expect(proofText({ proof: { ...PROOF, verdict: 'unproven', how: 'the shell has no probe for packets' }, state: 'active' })).toMatchObject({ text: 'the shell has no probe for packets.', how: '' });
  });
  it('waits for a probe while the fault acts, and for none afterwards', () => {
    expect([proofText({ proof: null, state: 'active' })?.verdict, proofText({ proof: null, state: 'reverted' })]).toEqual(['waiting', null]);
  });
});
