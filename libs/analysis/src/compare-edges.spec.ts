import { COMPARED_METRICS } from '#contracts';
import type { ComparedMetric, EdgeComparison, EdgeKey, LatencySketchData, MetricComparison, Verdict } from '#contracts';
import { LatencySketch } from '#traffic';
import { describe, expect, it } from 'vitest';
import { compareEdges } from './compare-edges.js';
import type { EdgeSecondRecord, SketchOps } from './edge-seconds.js';
import { phaseWindows } from './phase-windows.js';
import type { PhaseWindows } from './phase-windows.js';

const EDGE: EdgeKey = { source: 'gateway', target: 'cart', protocol: 'http' };
const APPLIED_SEC = 100_000;
const SKETCHES: SketchOps = {
  merge(list) {
    const all = new LatencySketch();
    for (const data of list) all.merge(data);
    return { p50: all.quantile(0.5), p95: all.quantile(0.95), p99: all.quantile(0.99), count: all.count };
  },
};

/** Park and Miller's generator: enough for simulations, and the same numbers on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

interface Load {
  readonly requestsPerSec: number;
  readonly latencyMs: number;
  readonly failureRatio?: number;
  /** Share of requests that take `slowMs` longer. */
  readonly slowShare?: number;
  readonly slowMs?: number;
}

function sketchOf(values: readonly number[]): LatencySketchData {
  const sketch = new LatencySketch();
  for (const ms of values) sketch.add(ms);
  return sketch.toData();
}

/** One second: a Poisson number of requests, latencies spread around their median by a factor of about 1.3. */
function second(sec: number, load: Load, random: () => number): EdgeSecondRecord {
  let requests = 0;
  for (let product = random(); product > Math.exp(-load.requestsPerSec); product *= random()) requests += 1;
  let serverError = 0;
  const latencies = Array.from({ length: requests }, () => {
    if (random() < (load.failureRatio ?? 0)) serverError += 1;
    const spread = (random() + random() + random() + random() - 2) * 0.5;
    return load.latencyMs * Math.exp(spread) + (random() < (load.slowShare ?? 0) ? (load.slowMs ?? 0) : 0);
  });
  return { sec, outcomes: { ok: requests - serverError, clientError: 0, serverError, noResponse: 0 }, faulted: 0, latency: sketchOf(latencies) };
}

/** With what a quiet edge says every fifteen seconds, to the end of all windows. */
function watched(seconds: readonly EdgeSecondRecord[], { after }: PhaseWindows): EdgeSecondRecord[] {
  const quiet = { outcomes: { ok: 0, clientError: 0, serverError: 0, noResponse: 0 }, faulted: 0, latency: sketchOf([]) };
  const secs: number[] = [];
  for (let sec = seconds[0]!.sec + 15; sec < after!.toSec; sec += 15) secs.push(sec);
  return [...seconds, ...secs.map((sec) => ({ sec, ...quiet }))];
}

function windowsOf(durationSec: number, nowSec = APPLIED_SEC * 2): PhaseWindows {
  return phaseWindows({ appliedAtMs: APPLIED_SEC * 1_000, revertedAtMs: (APPLIED_SEC + durationSec) * 1_000, nowSec });
}

interface Scene {
  readonly durationSec: number;
  readonly quiet: Load;
  readonly faulted?: Partial<Load>;
  readonly seed?: number;
}

function records({ durationSec, quiet, faulted = {}, seed = 11 }: Scene): EdgeSecondRecord[] {
  const { before, after } = windowsOf(durationSec);
  const random = seeded(seed);
  const seconds: EdgeSecondRecord[] = [];
  for (let sec = before!.fromSec; sec < after!.toSec; sec++) {
    const acting = sec >= APPLIED_SEC && sec < APPLIED_SEC + durationSec;
    seconds.push(second(sec, acting ? { ...quiet, ...faulted } : quiet, random));
  }
  return seconds;
}

function compare(scene: Scene): EdgeComparison {
  return compareEdges({ windows: windowsOf(scene.durationSec), edges: [{ edge: EDGE, distance: 0, seconds: records(scene) }], sketches: SKETCHES })[0]!;
}

function row(comparison: EdgeComparison, metric: ComparedMetric): MetricComparison {
  const found = comparison.metrics.find((candidate) => candidate.metric === metric);
  if (!found) throw new Error(`no row for ${metric}`);
  return found;
}

function verdicts(comparison: EdgeComparison, phase: 'during' | 'after'): Record<string, Verdict> {
  return Object.fromEntries(comparison.metrics.map((metric) => [metric.metric, metric[phase].verdict]));
}

describe('compareEdges', () => {
  it('A20 calls 400 ms more DEGRADED while it lasts and NO_MATERIAL_CHANGE after it', () => {
    const comparison = compare({ durationSec: 120, quiet: { requestsPerSec: 30, latencyMs: 20 }, faulted: { latencyMs: 420 } });
    const p50 = row(comparison, 'p50Ms');
    expect(p50.during.verdict).toBe('DEGRADED');
    expect(p50.during.shift! / 400).toBeCloseTo(1, 1);
    expect(p50.during.low!).toBeLessThan(p50.during.shift!);
    expect(p50.during.high!).toBeGreaterThan(p50.during.shift!);
    expect(verdicts(comparison, 'during')).toMatchObject({ p50Ms: 'DEGRADED', p95Ms: 'DEGRADED', p99Ms: 'DEGRADED' });
    expect(p50.after.verdict).toBe('NO_MATERIAL_CHANGE');
  });

  it('A20 sees a slow tail that the median does not', () => {
    const comparison = compare({ durationSec: 120, quiet: { requestsPerSec: 40, latencyMs: 20 }, faulted: { slowShare: 0.15, slowMs: 400 } });
    expect(verdicts(comparison, 'during')).toMatchObject({ p50Ms: 'NO_MATERIAL_CHANGE', p95Ms: 'DEGRADED', p99Ms: 'DEGRADED' });
  });

  it('A20 sees failures too rare for the median second', () => {
    const comparison = compare({ durationSec: 120, quiet: { requestsPerSec: 5, latencyMs: 20 }, faulted: { failureRatio: 0.05 } });
    expect(row(comparison, 'failureRatio').during).toMatchObject({ verdict: 'DEGRADED' });
    expect(row(comparison, 'failureRatio').during.shift!).toBeCloseTo(0.05, 1);
  });

  it('A20 calls fewer requests DEGRADED and more IMPROVED', () => {
    const half = compare({ durationSec: 120, quiet: { requestsPerSec: 20, latencyMs: 20 }, faulted: { requestsPerSec: 10 } });
    const twice = compare({ durationSec: 120, quiet: { requestsPerSec: 20, latencyMs: 20 }, faulted: { requestsPerSec: 40 } });
    expect([row(half, 'requestsPerSec').during.verdict, row(twice, 'requestsPerSec').during.verdict]).toEqual(['DEGRADED', 'IMPROVED']);
  });

  it('A21 calls every metric of a long quiet pair NO_MATERIAL_CHANGE', () => {
    const comparison = compare({ durationSec: 600, quiet: { requestsPerSec: 40, latencyMs: 50 } });
    const all = Object.fromEntries(COMPARED_METRICS.map((metric) => [metric, 'NO_MATERIAL_CHANGE']));
    expect(verdicts(comparison, 'during')).toEqual(all);
    expect(verdicts(comparison, 'after')).toEqual(all);
  });

  it('A20 calls at most 1 in 100 metrics of unchanged edges changed', () => {
    let judged = 0;
    let changed = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const quiet = { requestsPerSec: 3 + (seed % 20), latencyMs: 10 + seed, failureRatio: (seed % 4) / 100 };
      const comparison = compare({ durationSec: 60 + (seed % 3) * 30, quiet, seed });
      for (const phase of ['during', 'after'] as const) {
        for (const verdict of Object.values(verdicts(comparison, phase))) {
          judged += 1;
          if (verdict === 'DEGRADED' || verdict === 'IMPROVED') changed += 1;
        }
      }
    }
    expect(judged).toBe(600);
    expect(changed / judged).toBeLessThanOrEqual(0.01);
  });

  it('A23 has NO_DATA for a fault of a few seconds, and says how much is missing', () => {
    const comparison = compare({ durationSec: 12, quiet: { requestsPerSec: 50, latencyMs: 20 }, faulted: { latencyMs: 500 } });
    expect(new Set(Object.values(verdicts(comparison, 'during')))).toEqual(new Set(['NO_DATA']));
    expect(row(comparison, 'p50Ms').during.why).toBe('The window has 10 s of data: 10 more seconds are needed.');
  });

  it('A23 has NO_DATA for a tail with too few requests beyond it, and says how much is missing', () => {
    const comparison = compare({ durationSec: 62, quiet: { requestsPerSec: 10, latencyMs: 20 } });
    expect(row(comparison, 'p99Ms').during.verdict).toBe('NO_DATA');
    expect(row(comparison, 'p99Ms').during.why).toMatch(/20 points of 100 requests each.*about 1\d\d more seconds/);
    expect(row(comparison, 'p50Ms').during.verdict).not.toBe('NO_DATA');
  });

  it('A31 sees in a short window of little traffic that the tail moved with everything else', () => {
    const comparison = compare({ durationSec: 62, quiet: { requestsPerSec: 8, latencyMs: 20 }, faulted: { latencyMs: 420 } });
    expect(verdicts(comparison, 'during')).toMatchObject({ p50Ms: 'DEGRADED', p95Ms: 'DEGRADED', p99Ms: 'DEGRADED' });
  });

  it('A31 takes no tail for changed because a second holds more requests', () => {
    const comparison = compare({ durationSec: 62, quiet: { requestsPerSec: 6, latencyMs: 40 }, faulted: { requestsPerSec: 30 } });
    expect(verdicts(comparison, 'during')).toMatchObject({ p99Ms: 'NO_DATA' });
  });

  it('A23 has NO_DATA on the rate of an edge that hardly carries anything', () => {
    const { before } = windowsOf(80);
    const seconds = watched([second(before!.fromSec, { requestsPerSec: 3, latencyMs: 20 }, seeded(5)), second(APPLIED_SEC + 10, { requestsPerSec: 3, latencyMs: 20 }, seeded(6))], windowsOf(80));
    const [comparison] = compareEdges({ windows: windowsOf(80), edges: [{ edge: EDGE, distance: 0, seconds }], sketches: SKETCHES });
    expect(row(comparison!, 'requestsPerSec').during).toMatchObject({ verdict: 'NO_DATA', why: expect.stringMatching(/no rate to compare with/) as string });
  });

  it('A23 has NO_DATA for an edge that nobody recorded', () => {
    const [comparison] = compareEdges({ windows: windowsOf(120), edges: [{ edge: EDGE, distance: 2, seconds: [] }], sketches: SKETCHES });
    expect(comparison).toMatchObject({ distance: 2, series: [] });
    expect(comparison!.metrics.every(({ values, during }) => values.before === null && during.verdict === 'NO_DATA')).toBe(true);
  });

  it('A23 judges nothing before its window is complete', () => {
    const seconds = records({ durationSec: 120, quiet: { requestsPerSec: 30, latencyMs: 20 }, faulted: { latencyMs: 420 } });
    const at = (times: { revertedAtMs: number | null; nowSec: number }): MetricComparison => {
      const windows = phaseWindows({ appliedAtMs: APPLIED_SEC * 1_000, ...times });
      return row(compareEdges({ windows, edges: [{ edge: EDGE, distance: 0, seconds }], sketches: SKETCHES })[0]!, 'p50Ms');
    };
    const running = at({ revertedAtMs: null, nowSec: APPLIED_SEC + 90 });
    expect(running.during).toMatchObject({ verdict: 'NO_DATA', why: expect.stringMatching(/still runs/) as string });
    expect(running.values.during! / 420).toBeCloseTo(1, 1);
    const filling = at({ revertedAtMs: (APPLIED_SEC + 120) * 1_000, nowSec: APPLIED_SEC + 153 });
    expect(filling.during.verdict).toBe('DEGRADED');
    expect(filling.after).toMatchObject({ verdict: 'NO_DATA', why: expect.stringMatching(/still filling: about 88 more seconds/) as string });
  });

  it('A24 takes no failure in either window for no change', () => {
    const comparison = compare({ durationSec: 80, quiet: { requestsPerSec: 8, latencyMs: 20 } });
    expect(row(comparison, 'failureRatio').during).toEqual({ verdict: 'NO_MATERIAL_CHANGE', shift: 0, low: 0, high: 0, why: null });
  });

  it('A25 tolerates a tenth of the latency and never less than 2 ms', () => {
    const tenth = compare({ durationSec: 300, quiet: { requestsPerSec: 30, latencyMs: 200 }, faulted: { latencyMs: 212 } });
    const tiny = compare({ durationSec: 300, quiet: { requestsPerSec: 30, latencyMs: 1 }, faulted: { latencyMs: 2 } });
    expect([row(tenth, 'p50Ms').during.verdict, row(tiny, 'p50Ms').during.verdict]).toEqual(['NO_MATERIAL_CHANGE', 'NO_MATERIAL_CHANGE']);
  });

  it('A30 makes nothing of a time in which nobody looked', () => {
    const all = records({ durationSec: 500, quiet: { requestsPerSec: 20, latencyMs: 20 } });
    const gap = all.filter(({ sec }) => !(sec > APPLIED_SEC + 20 && sec < APPLIED_SEC + 60));
    const [comparison] = compareEdges({ windows: windowsOf(500), edges: [{ edge: EDGE, distance: 0, seconds: gap }], sketches: SKETCHES });
    const rate = row(comparison!, 'requestsPerSec');
    expect(rate.values.during! / 20).toBeCloseTo(1, 0);
    expect(rate.during.verdict).toBe('NO_MATERIAL_CHANGE');
    expect(comparison!.series.some(({ sec }) => sec > APPLIED_SEC + 20 && sec < APPLIED_SEC + 60)).toBe(false);
  });

  it('A30 makes nothing of the time after the last record, when it is longer than a quiet edge is silent', () => {
    const all = records({ durationSec: 102, quiet: { requestsPerSec: 20, latencyMs: 20 } });
    const [comparison] = compareEdges({ windows: windowsOf(102), edges: [{ edge: EDGE, distance: 0, seconds: all.filter(({ sec }) => sec < APPLIED_SEC + 60) }], sketches: SKETCHES });
    expect(row(comparison!, 'requestsPerSec').values).toMatchObject({ after: null });
    expect(row(comparison!, 'requestsPerSec').values.during! / 20).toBeCloseTo(1, 0);
  });

  it('A30 counts seconds without a record as zero requests, but not those before the first record', () => {
    const all = records({ durationSec: 102, quiet: { requestsPerSec: 20, latencyMs: 20 } });
    const silent = all.filter(({ sec }) => sec >= APPLIED_SEC - 51 && !(sec > APPLIED_SEC && sec < APPLIED_SEC + 51));
    const [comparison] = compareEdges({ windows: windowsOf(102), edges: [{ edge: EDGE, distance: 0, seconds: watched(silent, windowsOf(102)) }], sketches: SKETCHES });
    const rate = row(comparison!, 'requestsPerSec');
    expect(rate.values.before! / 20).toBeCloseTo(1, 0);
    expect(rate.values.during! / 10).toBeCloseTo(1, 0);
    expect(rate.values.during!).toBeLessThan(13);
    expect(row(comparison!, 'p50Ms').values.during! / 20).toBeCloseTo(1, 0);
  });

  it('A32 takes the values of a phase from all of its requests together', () => {
    const record = (sec: number, ms: readonly number[], serverError: number): EdgeSecondRecord => ({
      sec,
      outcomes: { ok: ms.length - serverError, clientError: 0, serverError, noResponse: 0 },
      faulted: 0,
      latency: sketchOf(ms),
    });
    const { before } = windowsOf(60);
    const seconds = watched([record(before!.fromSec, [1, 1, 1], 0), record(before!.fromSec + 1, [900], 1)], windowsOf(60));
    const [comparison] = compareEdges({ windows: windowsOf(60), edges: [{ edge: EDGE, distance: 0, seconds }], sketches: SKETCHES });
    // The mean of the two medians would be 450.
    expect(row(comparison!, 'p50Ms').values.before).toBeCloseTo(1, 1);
    expect(row(comparison!, 'failureRatio').values.before).toBe(0.25);
    expect(row(comparison!, 'requestsPerSec').values.before).toBeCloseTo(4 / 60, 12);
    expect(row(comparison!, 'requestsPerSec').values.after).toBe(0);
  });

  it('A33 draws every second from first to last, over all agents, in order', () => {
    const scene = { durationSec: 60, quiet: { requestsPerSec: 5, latencyMs: 20 } };
    const [one, two] = [records({ ...scene, seed: 3 }), records({ ...scene, seed: 4 })];
    const [comparison] = compareEdges({ windows: windowsOf(60), edges: [{ edge: EDGE, distance: 0, seconds: [...two.reverse(), ...one] }], sketches: SKETCHES });
    const { before, after } = windowsOf(60);
    expect(comparison!.series.map(({ sec }) => sec)).toEqual(Array.from({ length: after!.toSec - before!.fromSec }, (_, i) => before!.fromSec + i));
    const requests = [...one, ...two].reduce((sum, { outcomes }) => sum + outcomes.ok, 0);
    expect(comparison!.series.reduce((sum, point) => sum + point.requests, 0)).toBe(requests);
  });
});
