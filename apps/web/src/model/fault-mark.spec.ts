import { describe, expect, it } from 'vitest';
import { faultMark } from './fault-mark.js';

describe('faultMark', () => {
  it.each([
    [{ kind: 'latency', params: { latencyMs: 400, jitterMs: 50, share: 1 } }, '+400 ms'],
    [{ kind: 'latency', params: { latencyMs: 0, jitterMs: 50, share: 0.255 } }, '±50 ms for 26 %'],
    [{ kind: 'abort', params: { httpStatus: 503, share: 0.2 } }, 'answers 503 for 20 %'],
    [{ kind: 'timeout', params: { closeAfterMs: 0, share: 1 } }, 'no answer'],
    [{ kind: 'down', params: {} }, 'down'],
  ] as const)('writes %j as %s', (spec, mark) => expect(faultMark(spec)).toBe(mark));
});
