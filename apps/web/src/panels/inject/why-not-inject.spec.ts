import { describe, expect, it } from 'vitest';
import type { InjectSituation } from './why-not-inject.js';
import { whyNotInject } from './why-not-inject.js';

const READY: InjectSituation = { mayInject: true, role: 'operator', connected: true, halt: null, liveFault: null, agentAway: false, protocol: 'http', kind: 'latency', fieldsAreRight: true };
const HALT = { id: '1', by: 'Ada', since: '2026-01-01T00:00:00Z', reason: '' };

describe('whyNotInject', () => {
  it('says nothing when nothing is in the way', () => expect(whyNotInject(READY)).toBeNull());

  it.each<[string, Partial<InjectSituation>, RegExp]>([
    ['the role', { mayInject: false, role: 'viewer' }, /role is viewer/],
    ['the connection', { connected: false }, /Disconnected/],
    ['a halt', { halt: HALT }, /Halted by Ada/],
    ['an absent agent', { agentAway: true }, /agent .* is away/],
    ['the protocol', { kind: 'abort', protocol: 'tcp' }, /Abort acts on http edges; this one is tcp/],
    ['a wrong field', { fieldsAreRight: false }, /marked fields/],
  ])('names %s', (_, change, reason) => expect(whyNotInject({ ...READY, ...change })).toMatch(reason));

  it('names first what the person cannot clear in the form', () => {
    expect(whyNotInject({ ...READY, mayInject: false, role: 'viewer', halt: HALT, fieldsAreRight: false })).toMatch(/role/);
  });
});
