import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileMatcher, SAMPLE_KIND } from '#metrics';
import type { Histogram, Labels, SeriesData, SeriesReader } from '#metrics';
import { edgeKeyText, type EdgeCounts, type EdgeKey, type EdgeSecond, type FlowReport } from '#contracts';
import { LatencySketch } from '#traffic';
import { readEdgeSeconds } from './edge-seconds.js';
import { edgeSeries, samplesOf, type FiledReport } from './report-samples.js';

const EDGE: EdgeKey = { source: 'cart', target: 'db+1', protocol: 'tcp' };
const SEC = 1_700_000_000;
const signal = new AbortController().signal;

/** What one start of an agent says, second by second: requests that were answered in `ms`, and how many of them a fault acted on. */
function saying(seconds: readonly { readonly sec: number; readonly ok: number; readonly ms: number; readonly faulted?: number }[], agent = 'a', startedSec = SEC - 86_400): FiledReport[] {
  const edges = [edgeSeries(agent, EDGE)];
  let totals: EdgeCounts = counts(0, 0);
  return seconds.map(({ sec, ok, ms, faulted = 0 }, seq) => {
    totals = counts(totals.outcomes.ok + ok, totals.faulted + faulted);
    const latency = new LatencySketch();
    if (ok > 0) latency.add(ms, ok);
    const second: EdgeSecond = { edge: 0, ...counts(ok, faulted), latency: latency.toData(), connectionsActive: 1, totals };
    const report: FlowReport = { seq, sec, edges: [second], droppedReports: 0 };
    return { report, startedAtMs: startedSec * 1_000, edges };
  });
}

function counts(ok: number, faulted: number): EdgeCounts {
  return { outcomes: { ok, clientError: 0, serverError: 0, noResponse: 0 }, faulted, bytesSent: 0, bytesReceived: 0, connectionsOpened: 0 };
}

/** A store of just these reports. */
function storeOf(reports: readonly FiledReport[]): SeriesReader {
  const { series, timesMs, values, kinds, startsMs, histograms } = samplesOf(reports);
  const all = new Map<string, { labels: Labels; at: number[] }>();
  series.forEach(({ labels }, i) => {
    const key = JSON.stringify(labels);
    const known = all.get(key) ?? { labels, at: [] };
    all.set(key, known);
    known.at.push(i);
  });
  return {
    select: ({ matchers, fromMs, toMs }) => {
      const matching = [...all.values()].filter(({ labels }) => matchers.every((matcher) => compileMatcher(matcher)(labels.find(({ name }) => name === matcher.name)?.value ?? '')));
      return Promise.resolve(matching.map(({ labels, at }): SeriesData => {
        const within = at.filter((i) => timesMs[i]! >= fromMs && timesMs[i]! <= toMs).sort((one, other) => timesMs[one]! - timesMs[other]!);
        const column = (of: Float64Array): Float64Array => Float64Array.from(within, (i) => of[i]!);
        const own = within.map((i): Histogram | null => histograms.get(i) ?? null);
        return { labels, samples: { timesMs: column(timesMs), values: column(values), kinds: Uint8Array.from(within, (i) => kinds[i] ?? SAMPLE_KIND.float), startsMs: startsMs === null ? null : column(startsMs), histograms: own } };
      }));
    },
  };
}

async function read(reports: readonly FiledReport[], fromSec: number, toSec: number): Promise<{ sec: number; ok: number; faulted: number; answered: number }[]> {
  const found = await readEdgeSeconds(storeOf(reports), [EDGE], { fromSec, toSec }, signal);
  return found.get(edgeKeyText(EDGE))!.map(({ sec, outcomes, faulted, latency }) => ({ sec, ok: outcomes.ok, faulted, answered: latency.counts.reduce((sum, count) => sum + count, 0) }));
}

describe('readEdgeSeconds', () => {
  it('gives back every second of a span as it was reported, whichever span is asked for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ step: fc.integer({ min: 1, max: 16 }), ok: fc.integer({ min: 0, max: 50 }), ms: fc.double({ min: 0.01, max: 9_000, noNaN: true }) }), { minLength: 2, maxLength: 30 }), fc.nat(40), fc.integer({ min: 1, max: 200 }), async (steps, from, length) => {
        let sec = SEC;
        const seconds = steps.map(({ step, ok, ms }) => ({ sec: (sec += step), ok, ms }));
        const span = { fromSec: SEC + from, toSec: SEC + from + length };
        // What stands before the first second is not known: how much of it is that second's own cannot be told.
        const expected = seconds.slice(1).filter((second) => second.sec >= span.fromSec && second.sec < span.toSec);
        expect(await read(saying(seconds), span.fromSec, span.toSec)).toEqual(expected.map(({ sec: at, ok }) => ({ sec: at, ok, faulted: 0, answered: ok })));
      }),
      { numRuns: 200 },
    );
  });

  it('counts from nothing when the agent has just started, also when its numbers do not fall', async () => {
    const former = saying([{ sec: SEC, ok: 5, ms: 1 }, { sec: SEC + 1, ok: 1, ms: 1 }]);
    const next = saying([{ sec: SEC + 4, ok: 9, ms: 1, faulted: 2 }, { sec: SEC + 5, ok: 2, ms: 1 }], 'a', SEC + 3);
    expect(await read([...former, ...next], SEC + 1, SEC + 10)).toEqual([
      { sec: SEC + 1, ok: 1, faulted: 0, answered: 1 },
      { sec: SEC + 4, ok: 9, faulted: 2, answered: 9 },
      { sec: SEC + 5, ok: 2, faulted: 0, answered: 2 },
    ]);
  });

  it('adds up what several agents saw of one second', async () => {
    const seconds = [{ sec: SEC, ok: 1, ms: 10 }, { sec: SEC + 1, ok: 3, ms: 10, faulted: 1 }];
    expect(await read([...saying(seconds), ...saying(seconds, 'b')], SEC + 1, SEC + 2)).toEqual([{ sec: SEC + 1, ok: 6, faulted: 2, answered: 6 }]);
  });

  it('gives no second the requests of a time in which nobody looked', async () => {
    const found = await read(saying([{ sec: SEC, ok: 1, ms: 1 }, { sec: SEC + 60, ok: 500, ms: 1 }, { sec: SEC + 61, ok: 4, ms: 1 }]), SEC, SEC + 100);
    expect(found.map(({ sec, ok }) => [sec, ok])).toEqual([[SEC + 61, 4]]);
  });

  it('keeps latencies within what the sketch promises', async () => {
    const found = await readEdgeSeconds(storeOf(saying([{ sec: SEC, ok: 1, ms: 1 }, { sec: SEC + 1, ok: 8, ms: 123.4 }])), [EDGE], { fromSec: SEC + 1, toSec: SEC + 2 }, signal);
    const { latency } = found.get(edgeKeyText(EDGE))![0]!;
    expect(Math.abs(LatencySketch.from(latency).quantile(0.5)! / 123.4 - 1)).toBeLessThan(0.022);
    expect(latency.sumMs).toBeCloseTo(8 * 123.4, 6);
  });
});
