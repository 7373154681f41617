import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultSpecSchema } from '#contracts';
import type { EdgeFaultKind, Protocol } from '#contracts';
import type { ConnectionFacts, ConnectionRule, RequestFacts, RequestVerdict, ResponseVerdict } from '../edge-rule.js';
import { certainFault, compileFault, isEdgeFault } from '../faults.js';
import type { EdgeFaultSpec } from '../faults.js';
import { seeded } from '../random.js';

const FIRST: ConnectionFacts = { index: 0, sourceAddress: '10.0.0.1', isNew: true };
const OK = { status: 200, headers: new Map() };

function request(path = '/'): RequestFacts {
  return { method: 'GET', target: path, path, headers: new Map() };
}
function specOf(kind: EdgeFaultKind, params: Readonly<Record<string, unknown>>): EdgeFaultSpec {
  const spec = faultSpecSchema.parse({ kind, params });
  if (!isEdgeFault(spec)) throw new Error(`${kind} is not for edges`);
  return spec;
}
function ruleOf(kind: EdgeFaultKind, params: Readonly<Record<string, unknown>>, protocol: Protocol = 'http', facts: ConnectionFacts = FIRST): ConnectionRule | null {
  return compileFault(specOf(kind, params), seeded(5), protocol).forConnection(facts);
}
function onRequest(kind: EdgeFaultKind, params: Readonly<Record<string, unknown>>): RequestVerdict | undefined {
  return ruleOf(kind, params)?.onRequest?.(request());
}
function onResponse(kind: EdgeFaultKind, params: Readonly<Record<string, unknown>>): ResponseVerdict | undefined {
  return ruleOf(kind, params)?.onResponse?.(request(), OK);
}

describe('latency', () => {
  const delays = (params: Readonly<Record<string, unknown>>): readonly number[] => {
    const rule = ruleOf('latency', params, 'tcp');
    return Array.from({ length: 5_000 }, () => rule?.onExchange?.()).map((verdict) => (verdict?.type === 'delay' ? verdict.delayMs : -1));
  };

  it('delays by exactly latencyMs without jitter', () => {
    expect(new Set(delays({ latencyMs: 120 }))).toEqual(new Set([120]));
  });

  it('spreads delays over the whole of latencyMs plus or minus jitterMs', () => {
    const all = delays({ latencyMs: 100, jitterMs: 40 });
    expect(Math.min(...all)).toBeGreaterThanOrEqual(60);
    expect(Math.min(...all)).toBeLessThan(62);
    expect(Math.max(...all)).toBeLessThanOrEqual(140);
    expect(Math.max(...all)).toBeGreaterThan(138);
  });

  it('never delays by less than nothing', () => {
    const rule = compileFault({ kind: 'latency', params: { latencyMs: 0, jitterMs: 40, share: 1, on: 'request', announce: false } }, seeded(5), 'http').forConnection(FIRST);
    const all = Array.from({ length: 5_000 }, () => rule?.onRequest?.(request())).map((verdict) => (verdict?.type === 'delay' ? verdict.delayMs : -1));
    expect(Math.min(...all)).toBe(0);
  });

  it('holds the side that it is asked for', () => {
    expect(onRequest('latency', { latencyMs: 9 })).toEqual({ type: 'delay', delayMs: 9 });
    expect(onRequest('latency', { latencyMs: 9, on: 'response' })).toBeUndefined();
    expect(onResponse('latency', { latencyMs: 9, on: 'response' })).toEqual({ type: 'delay', delayMs: 9 });
  });
});

describe('bandwidth', () => {
  const throttle = { type: 'rewrite', body: { type: 'throttle', bytesPerSec: 1_000 } };

  it('throttles bodies of the stream that it is asked for', () => {
    expect(onRequest('bandwidth', { bytesPerSec: 1_000, stream: 'upstream' })).toEqual(throttle);
    expect(onResponse('bandwidth', { bytesPerSec: 1_000, stream: 'upstream' })).toBeUndefined();
    expect(onRequest('bandwidth', { bytesPerSec: 1_000, stream: 'downstream' })).toBeUndefined();
    expect(onResponse('bandwidth', { bytesPerSec: 1_000, stream: 'downstream', match: { status: ['2xx'] } })).toEqual(throttle);
  });

  it('hits a request together with its response, and counts them once', () => {
    const rule = ruleOf('bandwidth', { bytesPerSec: 1_000, occurrence: { everyCount: 2 } });
    const requests = Array.from({ length: 6 }, () => request());
    const sent = requests.map((one) => rule?.onRequest?.(one).type);
    expect(sent).toEqual(['pass', 'rewrite', 'pass', 'rewrite', 'pass', 'rewrite']);
    expect(requests.map((one) => rule?.onResponse?.(one, OK).type)).toEqual(sent);
  });

  it('throttles streams where there are no messages', () => {
    const rule = ruleOf('bandwidth', { bytesPerSec: 1_000, stream: 'downstream' }, 'tcp');
    expect(rule?.stage?.('upstream')).toBeNull();
    expect(rule?.stage?.('downstream')?.data(new Uint8Array(100), 0).at(-1)?.atMs).toBeCloseTo(100, 6);
  });

  it('counts connections where there are no messages', () => {
    const rule = compileFault(specOf('bandwidth', { bytesPerSec: 1_000, occurrence: { everyCount: 3 } }), seeded(1), 'tcp');
    expect([0, 1, 2, 3, 4, 5].map((index) => rule.forConnection({ ...FIRST, index }) !== null)).toEqual([false, false, true, false, false, true]);
  });
});

describe('abort', () => {
  it('answers with the status and names Faultline in the body', () => {
    expect(onRequest('abort', { httpStatus: 429 })).toMatchObject({ type: 'respond', status: 429, contentType: 'text/plain; charset=utf-8', body: expect.stringContaining('Faultline') });
  });

  it('gives the body that it was given, also an empty one', () => {
    expect(onRequest('abort', { httpStatus: 429, body: '{}', contentType: 'application/json' })).toEqual({ type: 'respond', status: 429, contentType: 'application/json', body: '{}' });
    expect(onRequest('abort', { httpStatus: 429, body: '' })).toMatchObject({ body: '' });
  });

  it('can let the target do its work and answer in its place', () => {
    expect(onRequest('abort', { httpStatus: 500, on: 'response' })).toBeUndefined();
    expect(onResponse('abort', { httpStatus: 500, on: 'response' })).toMatchObject({ type: 'respond', status: 500 });
  });
});

describe('timeout and drop-response', () => {
  it('close after closeAfterMs, and never when that is 0', () => {
    expect(onRequest('timeout', { closeAfterMs: 250 })).toEqual({ type: 'hang', closeAfterMs: 250 });
    expect(onRequest('timeout', {})).toEqual({ type: 'hang', closeAfterMs: null });
    expect(ruleOf('timeout', {}, 'tcp')?.onExchange?.()).toEqual({ type: 'hang', closeAfterMs: null });
    expect(onResponse('drop-response', {})).toEqual({ type: 'hang', closeAfterMs: 1 });
    expect(onResponse('drop-response', { closeAfterMs: 0 })).toEqual({ type: 'hang', closeAfterMs: null });
  });

  it('drop the answer only after the target has served the request', () => {
    expect(onRequest('drop-response', {})).toBeUndefined();
  });
});

describe('truncate', () => {
  it('says where the body ends and how', () => {
    expect(onResponse('truncate', { afterBytes: 7, end: 'reset' })).toEqual({ type: 'rewrite', body: { type: 'truncate', afterBytes: 7, end: 'reset' } });
  });

  it('cuts within what a probe carries', () => {
    expect(certainFault(specOf('truncate', { afterBytes: 1_000_000 })).params).toMatchObject({ afterBytes: 2_048 });
    expect(certainFault(specOf('truncate', { afterBytes: 5 })).params).toMatchObject({ afterBytes: 5 });
  });
});

describe('corrupt', () => {
  /** The body of one response, cut into pieces of these sizes. */
  const corrupted = (byteShare: number, sizes: readonly number[]): Buffer => {
    const verdict = onResponse('corrupt', { byteShare });
    if (verdict?.type !== 'rewrite' || verdict.body?.type !== 'corrupt') throw new Error('no body fault');
    let offset = 0;
    const pieces = sizes.map((size) => Buffer.alloc(size));
    for (const piece of pieces) {
      verdict.body.change(piece, offset);
      offset += piece.length;
    }
    return Buffer.concat(pieces);
  };

  it('changes at least one byte of a body, and one bit of each that it hits', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1, noNaN: true }), fc.integer({ min: 1, max: 300 }), (byteShare, size) => {
        const changed = [...corrupted(byteShare, [size])].filter((byte) => byte !== 0);
        expect(changed.length).toBeGreaterThan(0);
        for (const byte of changed) expect(Number.isInteger(Math.log2(byte))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('changes the share that it was given, and all at 1', () => {
    const changed = corrupted(0.05, [200_000]).filter((byte) => byte !== 0).length;
    // Six standard deviations of a binomial count with n = 200000, p = 0.05.
    expect(Math.abs(changed - 10_000)).toBeLessThan(590);
    expect(corrupted(1, [500]).includes(0)).toBe(false);
  });

  it('changes the same bytes however the body is cut into pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 20 }), (sizes) => {
        const whole = sizes.reduce((sum, size) => sum + size, 0);
        expect(corrupted(0.2, sizes).equals(corrupted(0.2, [whole]))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('headers', () => {
  it('gives its edits on the side that it is asked for', () => {
    const params = { set: [{ name: 'X-A', value: '1' }], remove: ['cookie'] };
    expect(onRequest('headers', params)).toEqual({ type: 'rewrite', headers: params });
    expect(onResponse('headers', { ...params, on: 'response' })).toEqual({ type: 'rewrite', headers: params });
  });
});

describe('down', () => {
  it('closes the port, resets open connections and refuses what still comes', () => {
    const rule = compileFault(specOf('down', {}), seeded(1), 'tcp');
    expect([rule.openConnections, rule.listener]).toEqual(['reset', 'closed']);
    expect(rule.forConnection(FIRST)?.onConnect?.()).toEqual({ type: 'refuse' });
  });
});

describe('reset', () => {
  it('resets the connection once, that long after it was made or the fault began', () => {
    const rule = ruleOf('reset', { afterMs: 300 });
    const resets = (['upstream', 'downstream'] as const).flatMap((stream) => rule?.stage?.(stream)?.start?.(1_000) ?? []);
    expect(resets).toEqual([{ type: 'reset', atMs: 1_300 }]);
  });
});

describe('connect-delay', () => {
  const delayOf = (index: number, isNew = true): unknown => ruleOf('connect-delay', { delayMs: 100, jitterMs: 20 }, 'tcp', { ...FIRST, index, isNew })?.onConnect?.();

  it('delays new connections within its jitter, and leaves open ones alone', () => {
    const delays = Array.from({ length: 1_000 }, (_, index) => delayOf(index)).map((verdict) => (verdict as { delayMs: number }).delayMs);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(80);
    expect(Math.max(...delays)).toBeLessThanOrEqual(120);
    expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(35);
    expect(delayOf(0, false)).toBeUndefined();
  });
});

describe('half-open', () => {
  it('says when the target forgets', () => {
    expect(ruleOf('half-open', { afterMs: 70 }, 'tcp')?.forgetAfterMs).toBe(70);
    expect(ruleOf('half-open', {})?.forgetAfterMs).toBe(0);
  });
});

describe('faults on streams', () => {
  it.each<[EdgeFaultKind, Readonly<Record<string, unknown>>, string]>([
    ['blackhole', {}, 'Infinity'],
    ['loss', { lossShare: 0.000_001 }, '5'],
    ['slice', { averageBytes: 4, pauseMicros: 1_000 }, '5,6,7'],
    ['limit-data', { bytes: 6 }, '5,5'],
  ])('%s puts its stage on the streams that it is asked for', (kind, params, times) => {
    for (const protocol of ['http', 'tcp'] as const) {
      const stage = ruleOf(kind, { ...params, stream: 'upstream' }, protocol)?.stage?.('upstream');
      expect(stage?.data(new Uint8Array(10), 5).map(({ atMs }) => atMs).join()).toBe(times);
      expect(ruleOf(kind, { ...params, stream: 'upstream' }, protocol)?.stage?.('downstream')).toBeNull();
      expect(ruleOf(kind, params, protocol)?.stage?.('downstream')).not.toBeNull();
    }
  });

  it('limit-data goes on where it stopped', () => {
    const stage = ruleOf('limit-data', { bytes: 6 })?.stage?.('upstream');
    stage?.data(new Uint8Array(4), 0);
    expect(ruleOf('limit-data', { bytes: 6 })?.stage?.('upstream', stage ?? undefined)?.data(new Uint8Array(4), 1).map(({ type }) => type)).toEqual(['data', 'close']);
    expect(certainFault(specOf('limit-data', { bytes: 1_000_000 })).params).toMatchObject({ bytes: 2_048 });
  });
});
