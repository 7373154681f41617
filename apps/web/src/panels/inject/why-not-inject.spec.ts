import { describe, expect, it } from 'vitest';
import type { InjectSituation } from './why-not-inject.js';
import { whyNotInject } from './why-not-inject.js';

const READY: InjectSituation = { mayInject: true, role: 'operator', connected: true, halt: null, faultsThere: 0, overlap: 'refuse', agentAway: false, kindWhyNot: null, fieldProblem: null };
const HALT = { id: '1', by: 'Ada', since: '2026-01-01T00:00:00Z', reason: '' };

describe('whyNotInject', () => {
  it('says nothing when nothing is in the way', () => expect(whyNotInject(READY)).toBeNull());

  it.each<[string, Partial<InjectSituation>, RegExp]>([
    ['the role', { mayInject: false, role: 'viewer' }, /role is viewer/],
    ['the connection', { connected: false }, /Disconnected/],
    ['a halt', { halt: HALT }, /Halted by Ada/],
    ['another fault', { faultsThere: 1 }, /acts here already/],
    ['an absent agent', { agentAway: true }, /agent .* is away/],
    ['the kind', { kindWhyNot: 'Abort acts on http edges; this one is tcp.' }, /this one is tcp/],
    ['a wrong field', { fieldProblem: 'Latency: enter 0 to 60 000 ms.' }, /^Latency/],
  ])('names %s', (_, change, reason) => expect(whyNotInject({ ...READY, ...change })).toMatch(reason));

  it('lets two faults meet when that is asked for', () => expect(whyNotInject({ ...READY, faultsThere: 2, overlap: 'allow' })).toBeNull());

  it('names first what the person cannot clear in the form', () => {
    expect(whyNotInject({ ...READY, mayInject: false, role: 'viewer', halt: HALT, fieldProblem: 'x' })).toMatch(/role/);
  });
});
