import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anySamples, bodyOf } from './exposition-text.fixture.js';
import { readBody } from './read-body.fixture.js';

describe.each(['prometheus-text', 'openmetrics-text'] as const)('printed expositions: %s', (format) => {
  it('read back as they were printed (500 runs)', () => {
    fc.assert(
      fc.property(anySamples(format), (samples) => {
        const { samples: back, keys } = readBody(bodyOf(samples, format), format);
        expect(back).toEqual(samples);
        expect(keys).toHaveLength(samples.length);
      }),
      { numRuns: 500 },
    );
  });
});
