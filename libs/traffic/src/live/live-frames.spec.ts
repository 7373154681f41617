// One file over 250 lines: every test here reads the same small stream, and split it would be built three times.
import { NODE_KINDS, PROTOCOLS, faultSpecSchema } from '#contracts';
import type { DeltaFrame, DictionaryFrame, EventFrame, FaultView, KeyframeFrame, LiveEdgeState, LiveEvent, LiveFrame, ResetFrame, TopologyFrame, UnleasedFaultView } from '#contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffEdgeStates } from './diff-edge-states.js';
import { encodeDelta, encodeFrame } from './encode-frame.js';
import { FrameDecoder } from './frame-decoder.js';
import { FrameFormatError } from './frame-format-error.js';
import { latencyCode, latencyOfCode } from './latency-code.js';

const AT = { epoch: 7, seq: 40, serverTimeMs: 1_790_000_000_123 };
const STRINGS = ['eu', 'Paris', 'gateway', 'cart', 'Zürich \u{1F40C}'];
const dictionary: DictionaryFrame = { type: 'dictionary', ...AT, firstIndex: 0, strings: STRINGS };
const topology: TopologyFrame = {
  type: 'topology',
  ...AT,
  regions: [{ name: 0, city: 1, latitudeDeg: 48.8566, longitudeDeg: 2.3522 }],
  nodes: NODE_KINDS.map((kind, i) => ({ id: 10 + i, name: 2 + (i % 2), kind, region: 0 })),
  edges: PROTOCOLS.map((protocol, i) => ({ id: 3 + i, source: 10, target: 11 + i, protocol })),
};

const keyframe = (edges: readonly LiveEdgeState[], seq = AT.seq): KeyframeFrame => ({ type: 'keyframe', ...AT, seq, throughSec: 1_790_000_000, edges });
const delta = (edges: readonly LiveEdgeState[], seq = AT.seq + 1, baseSeq = seq - 1): DeltaFrame => ({ type: 'delta', ...AT, seq, baseSeq, throughSec: 1_790_000_001, edges });
const byId = (edges: readonly LiveEdgeState[]): Map<number, LiveEdgeState> => new Map(edges.map((edge) => [edge.id, edge]));

function quantised(edge: LiveEdgeState): LiveEdgeState {
  const through = (ms: number | null): number | null => latencyOfCode(latencyCode(ms));
  return { ...edge, p50Ms: through(edge.p50Ms), p95Ms: through(edge.p95Ms), p99Ms: through(edge.p99Ms) };
}

function edge(id: number, fields: Partial<LiveEdgeState> = {}): LiveEdgeState {
  const blank = { ok: 0, clientError: 0, serverError: 0, noResponse: 0, faulted: 0, bytes: 0, connections: 0, p50Ms: null, p95Ms: null, p99Ms: null, stale: false };
  return { id, ...blank, ...fields };
}

function started(edges: readonly LiveEdgeState[] = []): FrameDecoder {
  const decoder = new FrameDecoder();
  for (const frame of [dictionary, topology, keyframe(edges)]) decoder.decode(encodeFrame(frame));
  return decoder;
}

const FAULT: FaultView = {
  id: '00000000-0000-4000-8000-00000000000a',
  spec: faultSpecSchema.parse({ kind: 'latency', params: { latencyMs: 400 } }),
  target: { type: 'edge', edge: { source: 'gateway', target: 'cart', protocol: 'http' } },
  durationMs: 60_000,
  state: 'active',
  agent: 'local',
  createdBy: 'Ana',
  createdAt: '2026-08-01T10:00:00.000Z',
  groupId: null,
  appliedAt: null,
  endsAt: null,
  revertedAt: null,
  endReason: null,
  problem: null,
  proof: null,
};
const TOXIC = { name: 'latency_downstream', type: 'latency', stream: 'downstream', toxicity: 1, attributes: { latency: 100, jitter: 0 } } as const;
const UNLEASED: UnleasedFaultView = { agent: 'local', proxy: 'redis', edge: { source: 'shop', target: 'redis', protocol: 'tcp' }, toxic: TOXIC, sinceMs: 1_785_578_400_000 };
const EVENTS: readonly LiveEvent[] = [
  { kind: 'fault', fault: FAULT },
  { kind: 'faults', faults: [FAULT, FAULT] },
  { kind: 'faults', faults: [] },
  { kind: 'unleased', faults: [UNLEASED, { ...UNLEASED, toxic: null }] },
  { kind: 'unleased', faults: [] },
  { kind: 'halt', halt: { id: 'h', by: 'Ana', since: '2026-08-01T10:00:00.000Z', reason: 'zu langsam' } },
  { kind: 'halt', halt: null },
  { kind: 'agent', agent: 'local', connected: false },
];

const count = fc.oneof(fc.nat(300), fc.nat(2 ** 31), fc.integer({ min: 0, max: 2 ** 50 }));
const quantile = fc.option(fc.double({ min: 0, max: 1e8, noNaN: true }).map((ms) => ms + 0), { nil: null });
const fields = fc.record({
  ok: count,
  clientError: count,
  serverError: count,
  noResponse: count,
  faulted: count,
  bytes: count,
  connections: count,
  p50Ms: quantile,
  p95Ms: quantile,
  p99Ms: quantile,
  stale: fc.boolean(),
});
const edgeIds = fc.uniqueArray(fc.oneof(fc.nat(40), fc.nat(0xffff_ffff)), { maxLength: 25 });
const edgesArbitrary: fc.Arbitrary<LiveEdgeState[]> = edgeIds.chain((ids) => fc.tuple(...ids.map((id) => fields.map((f) => ({ id, ...f }))))).map((edges) => [...edges]);
const COUNTERS = ['ok', 'clientError', 'serverError', 'noResponse', 'faulted', 'bytes'] as const;

/** A base, and what it may have become: some edges as before, some with raised counters and other levels, some new. */
const history = fc.tuple(edgesArbitrary, edgesArbitrary, fc.array(fc.tuple(fc.boolean(), fields), { minLength: 25, maxLength: 25 })).map(([base, fresh, steps]) => {
  const known = byId(base);
  const moved = base.map((before, i): LiveEdgeState => {
    const [moves, step] = steps[i]!;
    if (!moves) return { ...before };
    const raised = Object.fromEntries(COUNTERS.map((counter) => [counter, before[counter] + step[counter]]));
    return { ...before, ...step, ...raised };
  });
  return { base, now: [...moved, ...fresh.filter(({ id }) => !known.has(id))] };
});

describe('frames', () => {
  it('T12 of every type but the counted ones decode to what was encoded', () => {
    const reasons: readonly ResetFrame['reason'][] = ['behind', 'topology-replaced', 'server-restarted'];
    const frames: Exclude<LiveFrame, DeltaFrame>[] = [
      topology,
      ...EVENTS.map((event): EventFrame => ({ type: 'event', ...AT, event })),
      ...reasons.map((reason): ResetFrame => ({ type: 'reset', ...AT, reason })),
    ];
    for (const frame of frames) expect(started().decode(encodeFrame(frame))).toEqual(frame);
    expect(new FrameDecoder().decode(encodeFrame(dictionary))).toEqual(dictionary);
  });

  it('T12 have the header of the format page', () => {
    const bytes = encodeFrame({ type: 'reset', epoch: 0x01020304, seq: 5, serverTimeMs: 2, reason: 'behind' });
    expect([...bytes]).toEqual([0x46, 0x4c, 1, 6, 0, 0, 0, 0, 4, 3, 2, 1, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x40, 1]);
  });

  it('T12 carry the rows of the format page', () => {
    const base = edge(5, { ok: 300, p50Ms: 1 });
    const now = edge(5, { ok: 302, p50Ms: 2, connections: 1, noResponse: 200 });
    // ticks, throughSec, rows | gap 5, mask ok + p50 + connections + noResponse, +2, +64 steps, +1, +200
    expect([...encodeDelta({ ...delta([now]), throughSec: 3 }, byId([base]))].slice(24)).toEqual([1, 3, 1, 5, 0xa5, 0x02, 2, 0x80, 0x01, 2, 0xc8, 0x01]);
  });

  it('T12 give a keyframe as its quantised states, by ascending id', () => {
    fc.assert(
      fc.property(edgesArbitrary, (edges) => {
        const expected = edges.map(quantised).sort((a, b) => a.id - b.id);
        expect(started().decode(encodeFrame(keyframe(edges)))).toEqual(keyframe(expected));
      }),
    );
  });

  it('T12 decode from the middle of a larger buffer', () => {
    const bytes = encodeFrame(dictionary);
    const larger = new Uint8Array(bytes.length + 20);
    larger.set(bytes, 13);
    expect(new FrameDecoder().decode(larger.subarray(13, 13 + bytes.length))).toEqual(dictionary);
  });

  it('T13 lead from the quantised base to the quantised target, exactly', () => {
    fc.assert(
      fc.property(history, ({ base, now }) => {
        const decoder = started(base);
        const changed = diffEdgeStates(byId(base), now);
        const applied = decoder.decode(encodeDelta(delta(changed), byId(base)));
        if (applied.type !== 'delta') throw new Error(`got a ${applied.type}`);
        const picture = byId(base.map(quantised));
        for (const state of applied.edges) picture.set(state.id, state);
        expect(picture).toEqual(byId(now.map(quantised)));
      }),
      { numRuns: 300 },
    );
  });

  it('T13 stay exact over many ticks, also when small changes are left out', () => {
    const decoder = started([edge(1, { p50Ms: 10 })]);
    let base = byId([edge(1, { p50Ms: 10 })]);
    let shown = latencyOfCode(latencyCode(10));
    for (let tick = 1; tick <= 400; tick++) {
      const now = [edge(1, { p50Ms: 10 * 1.001 ** tick })];
      const applied = decoder.decode(encodeDelta(delta(diffEdgeStates(base, now), AT.seq + tick), base));
      if (applied.type !== 'delta') throw new Error(`got a ${applied.type}`);
      shown = applied.edges[0]?.p50Ms ?? shown;
      base = byId(now);
      expect(shown).toBe(latencyOfCode(latencyCode(now[0]!.p50Ms)));
    }
  });

  it('T13 leave out an edge on which nothing visible changed', () => {
    const base = edge(1, { ok: 5, p50Ms: 100 });
    expect(diffEdgeStates(byId([base]), [{ ...base, p50Ms: 100.01 }])).toEqual([]);
    expect(diffEdgeStates(byId([base]), [edge(2)])).toEqual([edge(2)]);
  });

  it.each(COUNTERS)('T14 refuse to carry a fall of %s', (counter) => {
    const base = byId([edge(1, { [counter]: 10 })]);
    expect(() => encodeDelta(delta([edge(1, { [counter]: 9 })]), base)).toThrow(new RegExp(`${counter} of edge 1 fell from 10 to 9`));
  });

  it('T10 refuse an edge twice and a delta that does not lead forward', () => {
    expect(() => encodeFrame(keyframe([edge(1), edge(1)]))).toThrow(/edge 1 is twice/);
    expect(() => encodeDelta(delta([], 5, 5), new Map())).toThrow(/must be above/);
  });
});

describe('FrameDecoder', () => {
  it('T15 answers a delta before any keyframe with a gap', () => {
    const decoder = new FrameDecoder();
    expect(decoder.decode(encodeDelta(delta([]), new Map()))).toEqual({ type: 'gap', expectedSeq: -1, baseSeq: AT.seq });
  });

  it('T15 answers a skipped and a repeated delta with a gap', () => {
    const decoder = started();
    expect(decoder.decode(encodeDelta(delta([], AT.seq + 3), new Map()))).toEqual({ type: 'gap', expectedSeq: AT.seq, baseSeq: AT.seq + 2 });
    const next = encodeDelta(delta([]), new Map());
    expect(decoder.decode(next)).toMatchObject({ type: 'delta' });
    expect(decoder.decode(next)).toEqual({ type: 'gap', expectedSeq: AT.seq + 1, baseSeq: AT.seq });
  });

  it('T15 answers frames of another epoch with a gap until its dictionary comes', () => {
    const decoder = started();
    const next = { epoch: 8, seq: 1 };
    for (const frame of [topology, keyframe([])]) expect(decoder.decode(encodeFrame({ ...frame, ...next }))).toEqual({ type: 'gap', expectedSeq: AT.seq, baseSeq: 1 });
    expect(decoder.decode(encodeDelta({ ...delta([]), epoch: 8 }, new Map()))).toMatchObject({ type: 'gap' });
    for (const frame of [dictionary, topology, keyframe([])]) expect(decoder.decode(encodeFrame({ ...frame, ...next }))).toMatchObject({ type: frame.type, epoch: 8 });
    expect(decoder.decode(encodeDelta({ ...delta([], 2), epoch: 8 }, new Map()))).toMatchObject({ type: 'delta', seq: 2 });
  });

  it('T15 follows again after a new start in the same epoch', () => {
    const decoder = started([edge(1, { ok: 5 })]);
    decoder.decode(encodeDelta(delta([], AT.seq + 9), new Map()));
    for (const frame of [dictionary, topology, keyframe([edge(1, { ok: 90 })], AT.seq + 9)]) decoder.decode(encodeFrame(frame));
    const frame = decoder.decode(encodeDelta(delta([edge(1, { ok: 91 })], AT.seq + 10), byId([edge(1, { ok: 90 })])));
    expect(frame).toMatchObject({ type: 'delta', edges: [{ id: 1, ok: 91 }] });
  });

  it('T15 forgets everything at a reset', () => {
    const decoder = started();
    decoder.decode(encodeFrame({ type: 'reset', ...AT, reason: 'behind' }));
    expect(decoder.decode(encodeDelta(delta([]), new Map()))).toMatchObject({ type: 'gap', expectedSeq: -1 });
  });

  it('T15 hands on events whatever the state, because they name no ids', () => {
    const event: EventFrame = { type: 'event', ...AT, event: { kind: 'agent', agent: 'x', connected: true } };
    expect(new FrameDecoder().decode(encodeFrame(event))).toEqual(event);
  });

  it('T17 is as before after a frame it could not read', () => {
    const states = [edge(1, { ok: 5 }), edge(2, { ok: 6 })];
    const decoder = started(states);
    const now = [edge(1, { ok: 7 }), edge(2, { ok: 600 })];
    const bytes = encodeDelta(delta(now), byId(states));
    for (let length = 0; length < bytes.length; length++) expect(() => decoder.decode(bytes.subarray(0, length))).toThrow(FrameFormatError);
    expect(decoder.decode(bytes)).toEqual(delta(now));
  });

  it('T18 appends strings, takes them again, and refuses a changed or skipped one', () => {
    const decoder = started();
    const more = (firstIndex: number, strings: readonly string[]): Uint8Array => encodeFrame({ ...dictionary, firstIndex, strings });
    decoder.decode(more(5, ['x']));
    decoder.decode(more(4, [STRINGS[4]!, 'x', 'y']));
    expect(() => decoder.decode(more(8, ['z']))).toThrow(/begin at 8, but only 7 are known/);
    expect(() => decoder.decode(more(0, ['us']))).toThrow(/string 0 is "us", but was "eu"/);
    const named = { ...topology, regions: [{ ...topology.regions[0]!, name: 6 }] };
    expect(decoder.decode(encodeFrame(named))).toEqual(named);
  });

  it('T18 refuses a first dictionary that does not begin at 0', () => {
    expect(() => new FrameDecoder().decode(encodeFrame({ ...dictionary, firstIndex: 2 }))).toThrow(FrameFormatError);
  });
});

describe('hostile bytes', () => {
  const samples: readonly Uint8Array[] = [
    encodeFrame(dictionary),
    encodeFrame(topology),
    encodeFrame(keyframe([edge(1, { ok: 1, p50Ms: 3 }), edge(900, { bytes: 2 ** 50 })])),
    encodeDelta(delta([edge(1, { ok: 2, stale: true })]), byId([edge(1, { ok: 1 })])),
    ...EVENTS.map((event) => encodeFrame({ type: 'event', ...AT, event })),
    encodeFrame({ type: 'reset', ...AT, reason: 'behind' }),
  ];
  const decodeOrRefuse = (bytes: Uint8Array): void => {
    try {
      started([edge(1, { ok: 1 })]).decode(bytes);
    } catch (error) {
      if (!(error instanceof FrameFormatError)) throw error;
    }
  };

  it('T16 of which the end is missing are refused', () => {
    for (const bytes of samples.filter((_, i) => i < 4)) {
      for (let length = 0; length < bytes.length; length++) expect(() => started([edge(1, { ok: 1 })]).decode(bytes.subarray(0, length))).toThrow(FrameFormatError);
    }
  });

  it('T16 with something behind the end are refused', () => {
    for (const bytes of samples) expect(() => started([edge(1, { ok: 1 })]).decode(Uint8Array.from([...bytes, 0]))).toThrow(FrameFormatError);
  });

  it('T16 that were altered anywhere throw nothing but a FrameFormatError', () => {
    const alteration = fc.record({ which: fc.nat(samples.length - 1), at: fc.nat(400), to: fc.nat(255) });
    fc.assert(
      fc.property(alteration, ({ which, at, to }) => {
        const bytes = Uint8Array.from(samples[which]!);
        bytes[at % bytes.length] = to;
        decodeOrRefuse(bytes);
      }),
      { numRuns: 3_000 },
    );
  });

  it('T16 that are noise behind a right header throw nothing but a FrameFormatError', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.uint8Array({ maxLength: 80 }), (type, noise) => {
        const bytes = Uint8Array.from([...samples[0]!.subarray(0, 24), ...noise]);
        bytes[3] = type;
        decodeOrRefuse(bytes);
      }),
      { numRuns: 3_000 },
    );
  });

  const header = [...samples[0]!.subarray(0, 24)];
  const withHeader = (at: number, value: number): Uint8Array => Uint8Array.from(header.map((byte, i) => (i === at ? value : byte)));
  const withBody = (type: number, ...body: number[]): Uint8Array => Uint8Array.from([...withHeader(3, type), ...body]);
  const json = (value: unknown): number[] => [...new TextEncoder().encode(JSON.stringify(value))];
  const HUGE = [0xff, 0xff, 0xff, 0xff, 0x7f];
  it.each<[string, Uint8Array, RegExp]>([
    ['a foreign magic', withHeader(0, 0), /does not begin with "FL"/],
    ['an unknown version', withHeader(2, 9), /version is 9/],
    ['an unknown type', withHeader(3, 7), /type is 7/],
    ['an unknown flag', withHeader(4, 1), /flags are 1/],
    ['a server time that is not a number', Uint8Array.from([...header.slice(0, 22), 0xf8, 0x7f]), /server time is NaN/],
    ['more strings than bytes', withBody(1, 0, ...HUGE), /number of strings is 34359738367, but only 0 bytes follow/],
    ['a string longer than the frame', withBody(1, 0, 1, ...HUGE), /length of a string is 34359738367/],
    ['more regions than bytes', withBody(2, ...HUGE), /number of regions/],
    ['a name outside the dictionary', withBody(2, 1, 5, 0, ...new Array<number>(16).fill(0), 0, 0), /name of a region is 5, not below 5/],
    ['an edge from a node that is not there', withBody(2, 0, 0, 1, 1, 9, 9, 0), /source of an edge is 9/],
    ['more edges than bytes', withBody(3, 0, ...HUGE), /number of edges/],
    ['a mask with an unknown field', withBody(3, 0, 1, 0, 0x80, 0x10, 0, 0), /field mask is 2048/],
    ['a latency code below 0', withBody(3, 0, 1, 0, 4, 1), /p50Ms has the code -1/],
    ['fewer connections than none', withBody(3, 0, 1, 0, 32, 1), /connections is -1/],
    ['a delta from nowhere', withBody(4, 0, 0, 0), /its base is 0 ticks before 40/],
    ['a delta from before the first tick', withBody(4, 41, 0, 0), /its base is 41 ticks before 40/],
    ['an event that is not JSON', withBody(5, 0x7b), /not JSON/],
    ['an event of an unknown kind', withBody(5, ...json({ kind: 'toString' })), /unknown kind/],
    ['an event that lacks its field', withBody(5, ...json({ kind: 'fault' })), /lacks a field/],
    ['a fault without a lease that is of nobody', withBody(5, ...json({ kind: 'unleased', faults: [{ proxy: 'redis' }] })), /lacks a field/],
    ['an unknown reason for a reset', withBody(6, 9), /reason is 9/],
  ])('T16 with %s are refused, and the message says so', (_what, bytes, message) => {
    expect(() => started().decode(bytes)).toThrow(FrameFormatError);
    expect(() => started().decode(bytes)).toThrow(message);
  });
});
