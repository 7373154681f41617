import { describe, expect, it } from 'vitest';
import { readFaultSpec } from './read-fault-spec.js';

describe('a fault as it was written', () => {
  it.each([
    { kind: 'latency', params: { latencyMs: 400, jitterMs: 0, share: 1 } },
    { kind: 'abort', params: { httpStatus: 503, share: 0.5 } },
    { kind: 'timeout', params: { closeAfterMs: 0, share: 1 } },
    { kind: 'down', params: {} },
  ])('with the first parameters of $kind has today’s defaults beside them', (stored) => {
    const spec = readFaultSpec(stored);
    expect(spec).toMatchObject(stored);
    expect(readFaultSpec(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
  });

  it('of a kind that nobody knows stays as it is', () => {
    const stored = { kind: 'gremlin', params: { teeth: 3 } };
    expect(readFaultSpec(stored)).toEqual(stored);
  });
});
