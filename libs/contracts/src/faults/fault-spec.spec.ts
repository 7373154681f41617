import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAULT_KINDS, createFaultSchema, faultSpecSchema, lockOf, targetTypeOf } from './fault-spec.js';
import type { FaultTarget } from './fault-target.js';

const EDGE: FaultTarget = { type: 'edge', edge: { source: 'a', target: 'b', protocol: 'http' } };
const HOST: FaultTarget = { type: 'host', agent: 'local' };

function problems(kind: string, params: unknown): readonly string[] {
  const parsed = faultSpecSchema.safeParse({ kind, params });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
}

describe('faultSpecSchema', () => {
  it.each<[string, unknown, string]>([
    ['latency', { latencyMs: 0 }, 'params.latencyMs'],
    ['latency', { latencyMs: 60_001 }, 'params.latencyMs'],
    ['latency', { latencyMs: 1.5 }, 'params.latencyMs'],
    ['latency', { latencyMs: '400ms' }, 'params.latencyMs'],
    ['latency', { latency: 400 }, 'params.latencyMs'],
    ['latency', { latencyMs: 40, jitterMs: 50 }, 'params.jitterMs must not exceed latencyMs'],
    ['latency', { latencyMs: 40, share: 0 }, 'params.share'],
    ['latency', { latencyMs: 40, share: 20 }, 'params.share'],
    ['latency', { latencyMs: 40, match: { status: ['5xx'] } }, 'params.match.status is known only on responses'],
    ['timeout', { match: { status: [500] } }, 'params.match.status is known only on responses: use drop-response'],
    ['bandwidth', { bytesPerSec: 1, match: { status: [500] } }, 'params.match.status is known only on responses: set stream'],
    ['abort', { httpStatus: 200 }, 'params.httpStatus'],
    ['abort', { httpStatus: 500, contentType: 'text/html\r\nx: y' }, 'params.contentType'],
    ['headers', {}, 'params.set names no header'],
    ['headers', { set: [{ name: 'Content-Length', value: '0' }] }, 'params.set.0.name frames the message'],
    ['headers', { remove: ['Transfer-Encoding'] }, 'params.remove.0 frames the message'],
    ['headers', { set: [{ name: 'x-a', value: 'b\r\nc: d' }] }, 'params.set.0.value must be one line'],
    ['headers', { set: [{ name: 'x a', value: 'b' }] }, 'params.set.0.name must be a header name'],
    ['slice', { averageBytes: 10, variationBytes: 10 }, 'params.variationBytes must be below averageBytes'],
    ['reset', { sourceAddress: ['10.0.0.0/33'] }, 'params.sourceAddress.0'],
    ['reset', { match: { path: '/a' } }, 'Unrecognized key'],
    ['network-drop', { share: 0.5 }, 'params.peers names no peer'],
    ['network-delay', { device: 'eth0; rm', delayMs: 5, ports: [80] }, 'params.device must be the name of a network device'],
    ['network-delay', { device: 'eth0', delayMs: 5, jitterMs: 6, ports: [80] }, 'params.jitterMs must not exceed delayMs'],
    ['no-such-kind', {}, 'kind'],
  ])('refuses %s %j', (kind, params, problem) => {
    expect(problems(kind, params).join('; ')).toContain(problem);
  });

  it.each<[unknown, string]>([
    [{ by: 'header', toPercent: 10 }, 'name is needed'],
    [{ by: 'address', name: 'x', toPercent: 10 }, 'name is needed'],
    [{ by: 'address', fromPercent: 10, toPercent: 10 }, 'toPercent must be above fromPercent'],
    [{ by: 'address', toPercent: 101 }, 'toPercent'],
  ])('refuses the cohort %j', (cohort, problem) => {
    expect(problems('latency', { latencyMs: 5, match: { cohort } }).join('; ')).toContain(problem);
  });

  it('fills in what is left out, and takes its own result again', () => {
    const spec = faultSpecSchema.parse({ kind: 'latency', params: { latencyMs: 400 } });
    expect(spec.params).toEqual({ latencyMs: 400, jitterMs: 0, on: 'request', share: 1, announce: false });
    expect(faultSpecSchema.parse(spec)).toEqual(spec);
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FAULT_KINDS), fc.jsonValue(), (kind, params) => {
        expect(typeof faultSpecSchema.safeParse({ kind, params }).success).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });
});

describe('createFaultSchema', () => {
  it('takes a kind only on what it acts on', () => {
    const fault = { kind: 'cpu-stress', params: { workers: 1 } };
    expect(createFaultSchema.safeParse({ target: HOST, fault, durationMs: 60_000 }).success).toBe(true);
    expect(createFaultSchema.safeParse({ target: EDGE, fault, durationMs: 60_000 }).error?.issues[0]).toMatchObject({ path: ['fault', 'kind'], message: 'does not act on this type of target' });
  });

  it('takes no fault without an end', () => {
    for (const durationMs of [undefined, 0, 999, 3_600_001, Infinity]) expect(createFaultSchema.safeParse({ target: EDGE, fault: { kind: 'down', params: {} }, durationMs }).success).toBe(false);
  });
});

describe('lockOf', () => {
  it('keeps faults apart that would meet, and no others', () => {
    expect(lockOf('latency', EDGE)).toBe(lockOf('abort', EDGE));
    expect(lockOf('network-delay', HOST)).toBe(lockOf('network-loss', HOST));
    expect(lockOf('cpu-stress', HOST)).not.toBe(lockOf('memory-stress', HOST));
    expect(lockOf('cpu-stress', HOST)).not.toBe(lockOf('network-loss', HOST));
  });

  it('knows what every kind acts on', () => {
    expect([...new Set(FAULT_KINDS.map(targetTypeOf))]).toEqual(['edge', 'process', 'host']);
  });
});
