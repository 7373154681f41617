import { describe, expect, it } from 'vitest';
import { faultSpecSchema } from '#contracts';
import type { UnleasedFaultView } from '#contracts';
import { faultMark, unleasedMark } from './fault-mark.js';

describe('faultMark', () => {
  it.each([
    [{ kind: 'latency', params: { latencyMs: 400, jitterMs: 50 } }, '+400 ms'],
    [{ kind: 'latency', params: { latencyMs: 200, share: 0.255 } }, '+200 ms for 26 %'],
    [{ kind: 'abort', params: { httpStatus: 503, share: 0.2 } }, 'answers 503 for 20 %'],
    [{ kind: 'timeout', params: {} }, 'no answer'],
    [{ kind: 'bandwidth', params: { bytesPerSec: 12_500 } }, '13 kB/s'],
    [{ kind: 'truncate', params: { afterBytes: 64 } }, 'cut at 64 B'],
    [{ kind: 'headers', params: { remove: ['x-a'] } }, 'header x-a'],
    [{ kind: 'loss', params: { lossShare: 0.05 } }, '5 % loss'],
    [{ kind: 'down', params: {} }, 'down'],
    [{ kind: 'cpu-stress', params: { workers: 1 } }, null],
  ] as const)('writes %j as %s', (spec, mark) => expect(faultMark(faultSpecSchema.parse(spec))).toBe(mark));
});

describe('unleasedMark', () => {
  const toxic = (type: 'latency' | 'reset_peer'): UnleasedFaultView => ({ agent: 'a', proxy: 'p', edge: { source: 's', target: 't', protocol: 'tcp' }, sinceMs: 0, toxic: { name: 'n', type, stream: 'downstream', toxicity: 1, attributes: {} } });
  it('names one toxic and counts several', () => {
    expect([unleasedMark([toxic('reset_peer')]), unleasedMark([toxic('latency'), toxic('reset_peer')])]).toEqual(['reset peer', '2 toxics']);
  });
  it('says first that a proxy takes no connection at all', () => expect(unleasedMark([toxic('latency'), { ...toxic('latency'), toxic: null }])).toBe('disabled'));
});
