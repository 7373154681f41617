import { EDGE_FAULT_PARAMS, FAULT_KINDS, FAULT_PARAMS, PROTOCOLS, faultSpecSchema } from '#contracts';
import type { EdgeFaultKind, FaultSpec, Protocol, Stream } from '#contracts';
import { describe, expect, it } from 'vitest';
import type { ConnectionFacts, ConnectionRule, EdgeRule, RequestFacts } from './edge-rule.js';
import { FAULTS, certainFault, compileFault, edgeFaultRefusal, isEdgeFault, summarizeFault } from './faults.js';
import type { EdgeFaultSpec } from './faults.js';
import { seeded } from './random.js';

const EDGE_KINDS = Object.keys(EDGE_FAULT_PARAMS) as readonly EdgeFaultKind[];
const REQUEST: RequestFacts = { method: 'GET', target: '/', path: '/', headers: new Map() };
const OK = { status: 200, headers: new Map() };

/** What each kind needs at least; everything else has a default. */
const NEEDED: { readonly [K in EdgeFaultKind]: Readonly<Record<string, unknown>> } = {
  latency: { latencyMs: 400, jitterMs: 50 },
  bandwidth: { bytesPerSec: 1_000 },
  abort: { httpStatus: 503 },
  timeout: {},
  'drop-response': {},
  truncate: { afterBytes: 10 },
  corrupt: {},
  headers: { set: [{ name: 'x-a', value: '1' }] },
  down: {},
  reset: {},
  'connect-delay': { delayMs: 100, jitterMs: 20 },
  blackhole: {},
  'half-open': {},
  loss: { lossShare: 0.1 },
  'slow-close': { delayMs: 100 },
  slice: { averageBytes: 10 },
  'limit-data': { bytes: 100 },
};

function edgeSpec(kind: EdgeFaultKind, more: Readonly<Record<string, unknown>> = {}): EdgeFaultSpec {
  const spec = faultSpecSchema.parse({ kind, params: { ...NEEDED[kind], ...more } });
  if (!isEdgeFault(spec)) throw new Error(`${kind} is not for edges`);
  return spec;
}
function connection(index: number, isNew = true): ConnectionFacts {
  return { index, sourceAddress: '10.0.0.1', isNew };
}
/** Verdicts and stages of one connection as text: what a proxy would be told. */
function told(rule: ConnectionRule | null): readonly string[] {
  if (rule === null) return [];
  const stageOf = (stream: Stream): unknown => rule.stage?.(stream)?.constructor.name;
  const parts = { onConnect: rule.onConnect?.(), onRequest: rule.onRequest?.(REQUEST), onResponse: rule.onResponse?.(REQUEST, OK), onExchange: rule.onExchange?.(), up: stageOf('upstream'), down: stageOf('downstream'), forgetAfterMs: rule.forgetAfterMs };
  return Object.entries(parts).flatMap(([name, value]) => (value === undefined || (typeof value === 'object' && value !== null && 'type' in value && value.type === 'pass') ? [] : [`${name} ${JSON.stringify(value)}`]));
}
function allTold(rule: EdgeRule, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => told(rule.forConnection(connection(index))).join('; '));
}

describe('the table of faults', () => {
  it('has a row for every kind, under its own name', () => {
    for (const kind of FAULT_KINDS) expect(FAULTS[kind].kind).toBe(kind);
    expect(Object.keys(FAULTS).sort()).toEqual(Object.keys(FAULT_PARAMS).sort());
  });

  it('says of every kind what it imitates and what not', () => {
    for (const kind of FAULT_KINDS) {
      expect(FAULTS[kind].imitates.length).toBeGreaterThan(20);
      expect(FAULTS[kind].doesNotImitate.length).toBeGreaterThan(20);
    }
    expect(new Set(FAULT_KINDS.map((kind) => FAULTS[kind].title)).size).toBe(FAULT_KINDS.length);
  });

  it.each(FAULT_KINDS)('gives an example of %s that can be started as it is', (kind) => {
    const spec = faultSpecSchema.parse({ kind, params: FAULTS[kind].example });
    if (isEdgeFault(spec)) expect(edgeFaultRefusal(spec, FAULTS[spec.kind].protocols[0] ?? 'tcp')).toBeNull();
  });

  it('knows which kinds act on edges', () => {
    const specs: FaultSpec[] = [edgeSpec('latency'), { kind: 'process-stop', params: {} }, { kind: 'cpu-stress', params: { workers: 1, loadPercent: 100 } }];
    expect(specs.map(isEdgeFault)).toEqual([true, false, false]);
  });
});

describe.each(EDGE_KINDS)('%s', (kind) => {
  it('refuses the protocols that it does not name, and no other', () => {
    for (const protocol of PROTOCOLS) {
      const refusal = edgeFaultRefusal(edgeSpec(kind), protocol);
      if (FAULTS[kind].protocols.includes(protocol)) expect(refusal).toBeNull();
      else expect(refusal).toContain('acts on http edges');
    }
  });

  it('tells the proxy something on every protocol that it names, also from a probe alone', () => {
    for (const protocol of FAULTS[kind].protocols) {
      for (const spec of [edgeSpec(kind), certainFault(edgeSpec(kind))]) {
        const rule = compileFault(spec, seeded(1), protocol);
        expect([...told(rule.forConnection(connection(0))), rule.listener, rule.openConnections].filter((said) => said !== undefined)).not.toEqual([]);
      }
    }
  });

  it('asks nothing of a tcp edge that only http edges have', () => {
    const rule = compileFault(edgeSpec(kind), seeded(1), 'tcp').forConnection(connection(0));
    if (FAULTS[kind].protocols.includes('tcp')) expect([rule?.onRequest, rule?.onResponse]).toEqual([undefined, undefined]);
  });

  it('does not act twice on an http edge: what decides on messages leaves streams alone', () => {
    const rule = compileFault(edgeSpec(kind), seeded(1), 'http').forConnection(connection(0));
    if (rule?.onRequest !== undefined || rule?.onResponse !== undefined) expect([rule.stage, rule.onExchange]).toEqual([undefined, undefined]);
  });

  it('gives parameters for a probe that its own schema takes, without share, count or matcher', () => {
    const narrow = 'match' in FAULT_PARAMS[kind].shape ? { share: 0.01, match: { method: 'POST', path: '/x' }, occurrence: { afterCount: 9 } } : 'share' in FAULT_PARAMS[kind].shape ? { share: 0.01, sourceAddress: ['10.9.9.9'] } : {};
    const spec = certainFault(edgeSpec(kind, narrow));
    expect(faultSpecSchema.parse(spec)).toEqual(spec);
    for (const name of ['match', 'occurrence', 'sourceAddress']) expect(spec.params).not.toHaveProperty(name);
    if ('share' in spec.params) expect(spec.params.share).toBe(1);
  });
});

const SHARED = EDGE_KINDS.filter((kind) => 'share' in FAULT_PARAMS[kind].shape);

describe.each(SHARED)('a share of %s', (kind) => {
  it('hits as many as it says', () => {
    const hits = allTold(compileFault(edgeSpec(kind, { share: 0.2 }), seeded(11), 'http'), 20_000).filter((said) => said !== '').length;
    // Six standard deviations of a binomial count with n = 20000, p = 0.2.
    expect(Math.abs(hits - 4_000)).toBeLessThan(340);
  });

  it('hits the same with the same seed', () => {
    const run = (seed: number): readonly string[] => allTold(compileFault(edgeSpec(kind, { share: 0.2 }), seeded(seed), 'http'), 500);
    expect(run(3)).toEqual(run(3));
    expect(run(3)).not.toEqual(run(4));
  });
});

describe('on tcp edges', () => {
  it.each<[EdgeFaultKind, Readonly<Record<string, unknown>>, string]>([
    ['latency', { match: { method: 'GET' } }, 'shows no method'],
    ['latency', { match: { path: '/a', headers: [{ name: 'a', value: 'b' }] } }, 'shows no path, headers'],
    ['bandwidth', { match: { cohort: { by: 'cookie', name: 'a', toPercent: 5 } } }, 'shows no cookie'],
    ['timeout', { match: { path: '/a' } }, 'shows no path'],
    ['latency', { on: 'response' }, 'no responses to tell apart'],
    ['latency', { announce: true }, 'leave announce out'],
  ])('refuses %s %j', (kind, more, reason) => {
    expect(edgeFaultRefusal(edgeSpec(kind, more), 'tcp')).toContain(reason);
    expect(edgeFaultRefusal(edgeSpec(kind, more), 'http')).toBeNull();
  });

  it('takes what can be told of a connection', () => {
    for (const kind of ['latency', 'bandwidth', 'timeout'] as const) {
      expect(edgeFaultRefusal(edgeSpec(kind, { match: { sourceAddress: ['10.0.0.0/8'], cohort: { by: 'address', toPercent: 5 } }, occurrence: { everyCount: 2 } }), 'tcp')).toBeNull();
    }
  });
});

describe('summaries', () => {
  it.each<[FaultSpec, string]>([
    [edgeSpec('latency', { share: 0.2 }), '+400 ms ±50 ms, 20 % of requests'],
    [edgeSpec('latency', { latencyMs: 5, jitterMs: 0 }), '+5 ms, 100 % of requests'],
    [edgeSpec('abort', { share: 0.005 }), 'status 503, 0.5 % of requests'],
    [edgeSpec('timeout', { closeAfterMs: 2_000 }), 'no answer, closed after 2000 ms, 100 % of requests'],
    [edgeSpec('timeout'), 'no answer, silent until the fault ends, 100 % of requests'],
    [edgeSpec('down'), 'connections refused and reset'],
    [edgeSpec('abort', { on: 'response', match: { method: 'GET', path: '/pay/*', status: ['2xx', 404] }, occurrence: { afterCount: 3, everyCount: 2, firstCount: 9 } }), 'status 503 in place of the response, 100 % of requests (GET, path /pay/*, status 2xx or 404, after 3, one in 2, first 9)'],
    [edgeSpec('reset', { sourceAddress: ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5'] }), 'reset at once, 100 % of connections (from 10.0.0.1 or 10.0.0.2 or 10.0.0.3 or 2 more)'],
    [edgeSpec('slice', { variationBytes: 5, pauseMicros: 100, stream: 'downstream', share: 0.5 }), 'pieces of 10 B ±5 B, 100 µs apart towards the caller, 50 % of connections'],
    [edgeSpec('headers', { remove: ['cookie'] }), 'request headers +x-a -cookie, 100 % of requests'],
    [{ kind: 'process-kill', params: { signal: 'SIGTERM' } }, 'ended with SIGTERM'],
    [{ kind: 'network-delay', params: { device: 'eth0', delayMs: 100, jitterMs: 0, correlationPercent: 0, peers: ['10.0.0.0/8'], ports: [5432], transport: 'tcp' } }, '+100 ms on packets to 10.0.0.0/8, port 5432 (tcp) by eth0'],
    [{ kind: 'network-partition', params: { direction: 'both', peers: [], ports: [80], transport: 'any' } }, 'no packets to and from any address, port 80'],
  ])('say %j', (spec, text) => {
    expect(summarizeFault(spec)).toBe(text);
  });

  it('are one line for every kind', () => {
    for (const kind of EDGE_KINDS) expect(summarizeFault(edgeSpec(kind))).toMatch(/^[^\n]{5,200}$/);
  });
});

describe('announce', () => {
  it('is said of faults on messages that ask for it, and of no other', () => {
    const announced = (protocol: Protocol, announce: boolean): boolean => compileFault(edgeSpec('latency', { announce }), seeded(1), protocol).announce;
    expect([announced('http', true), announced('http', false)]).toEqual([true, false]);
    expect(compileFault(edgeSpec('reset'), seeded(1), 'http').announce).toBe(false);
  });
});
