import { describe, expect, it } from 'vitest';
import { Secret } from '../secret.js';
import { fingerprint } from './fingerprint.js';
import { staticJob } from './static-job.js';

const job = (token: string, labels: [string, string][] = []) => staticJob({ name: 'j', targets: ['h:1'], intervalMs: 5_000, metricsPath: '/m', bearerToken: new Secret(token), labels: new Map(labels) });

describe('a fingerprint', () => {
  it('is the same for equal values', () => {
    expect(fingerprint(job('a', [['x', '1']]))).toBe(fingerprint(job('a', [['x', '1']])));
    expect(fingerprint({ a: 1, b: null })).toBe(fingerprint({ b: null, a: 1 }));
  });

  it('is another for other values, also where only a secret differs', () => {
    const values = [job('a'), job('b'), job('a', [['x', '1']]), job('a', [['x', '2']]), ['ab', 'c'], ['a', 'bc'], [['a'], 'b'], ['a', ['b']], '1', 1, null, 'null', [], {}, new Map(), ['secret'], new Secret('x'), 'x'];
    expect(new Set(values.map(fingerprint)).size).toBe(values.length);
  });
});

describe('a static job', () => {
  it('is what was said, with the defaults of Prometheus for the rest', () => {
    expect(job('a', [['x', '1']])).toMatchObject({ name: 'j', intervalMs: 5_000, timeoutMs: 5_000, metricsPath: '/m', scheme: 'http', honorTimestamps: true, client: { followRedirects: true, authentication: { kind: 'credentials', scheme: 'Bearer' } } });
    expect(job('a', [['x', '1']]).discoveries).toEqual([{ kind: 'static', groups: [{ targets: [new Map([['__address__', 'h:1']])], labels: new Map([['x', '1']]) }] }]);
  });
});
