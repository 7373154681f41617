import { describe, expect, it } from 'vitest';
import { FAULT_KINDS, faultSpecSchema, targetTypeOf } from '#contracts';
import type { FaultKind } from '#contracts';
import { faultSentence } from './fault-sentence.js';
import type { FaultPlace } from './fault-sentence.js';
import { initialFields, readFields } from './read-fields.js';

const EDGE: FaultPlace = { type: 'edge', text: 'from checkout to payments', protocol: 'http' };
const HOST: FaultPlace = { type: 'named', text: 'The host of local' };
const spec = (kind: FaultKind, params: object) => faultSpecSchema.parse({ kind, params });

describe('faultSentence', () => {
  it('says what, where, how much and how long', () => {
    expect(faultSentence(spec('latency', { latencyMs: 400, jitterMs: 50 }), EDGE, 60_000)).toBe('Every request from checkout to payments will be delayed by 400 ms ± 50 ms for 60 s.');
  });

  it('names the share when not all are hit', () => {
    expect(faultSentence(spec('abort', { httpStatus: 503, share: 0.2 }), EDGE, 300_000)).toBe('20 % of requests from checkout to payments will be answered with status 503 and never reach its target for 5 min.');
  });

  it('says which traffic', () => {
    const params = { latencyMs: 10, match: { method: 'GET', path: '/cart*', cohort: { by: 'cookie', name: 'user', toPercent: 10 } }, occurrence: { afterCount: 5, everyCount: 3, firstCount: 7 } };
    expect(faultSentence(spec('latency', params), EDGE, 1_000)).toContain('(only GET, path /cart*, callers 0 to 10 % by user, after the first 5, one in 3, 7 at most)');
  });

  it('speaks of connections and exchanges where that is what is hit', () => {
    expect(faultSentence(spec('blackhole', { stream: 'upstream' }), EDGE, 1_000)).toMatch(/^Every connection from checkout to payments will go silent towards the target/);
    expect(faultSentence(spec('timeout', {}), { ...EDGE, protocol: 'tcp' }, 1_000)).toMatch(/^Every exchange/);
  });

  it('names packets of a host, and gives a killed process no end', () => {
    expect(faultSentence(spec('network-delay', { device: 'eth0', delayMs: 100, ports: [5432] }), HOST, 60_000)).toBe('The host of local will send packets 100 ms late to any address, port 5432 by eth0 for 60 s.');
    expect(faultSentence(spec('process-kill', {}), { type: 'named', text: 'nginx on local' }, 60_000)).not.toContain('60 s');
  });

  it.each(FAULT_KINDS)('has whole words for %s', (kind) => {
    const read = readFields(kind, { ...initialFields(kind), peers: '10.0.0.0/8', device: 'eth0', set: 'x-a: 1' });
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const text = faultSentence(read.spec, targetTypeOf(kind) === 'edge' ? EDGE : HOST, 60_000);
    expect(text).not.toMatch(/undefined|NaN|\[object| {2}/);
  });
});
