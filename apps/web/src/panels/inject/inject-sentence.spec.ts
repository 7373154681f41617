import { describe, expect, it } from 'vitest';
import { injectSentence } from './inject-sentence.js';

const EDGE = { source: 'checkout', target: 'payments', protocol: 'http' } as const;

describe('injectSentence', () => {
  it('says what, where, how much, how long and that it ends', () => {
    const spec = { kind: 'latency', params: { latencyMs: 400, jitterMs: 50, share: 1 } } as const;
    expect(injectSentence({ edge: EDGE, spec, durationMs: 60_000, requestsPerSec: 12.04 })).toBe(
      'Every request from checkout to payments will be delayed by 400 ms ± 50 ms for 60 s. The edge carries about 12 req/s. It ends by itself, also if Faultline dies.',
    );
  });

  it('names the share when not all are hit', () => {
    const spec = { kind: 'abort', params: { httpStatus: 503, share: 0.2 } } as const;
    expect(injectSentence({ edge: EDGE, spec, durationMs: 300_000, requestsPerSec: 5 })).toMatch(/^20 % of requests from checkout to payments will be answered with status 503 .* for 5 min\./);
  });

  it('warns when nothing would be hit', () => {
    const text = injectSentence({ edge: EDGE, spec: { kind: 'down', params: {} }, durationMs: 1_000, requestsPerSec: 0 });
    expect(text).toContain('there may be nothing to see');
  });

  it('does not invent a rate', () => {
    const text = injectSentence({ edge: EDGE, spec: { kind: 'timeout', params: { closeAfterMs: 2_000, share: 1 } }, durationMs: 1_000, requestsPerSec: null });
    expect(text).toContain('cut off after 2 s');
    expect(text).toContain('not known');
  });
});
