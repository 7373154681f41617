import { METRIC_NAME, SAMPLE_KIND } from '#metrics';
import type { Labels, Matcher, SampleRun, SeriesReader } from '#metrics';
import type { EdgeSecondRecord } from '#analysis';
import { QUIET_EDGE_EVERY_SEC, edgeKeyText, type EdgeKey, type LatencySketchData, type Outcome } from '#contracts';
import { LatencySketch } from '#traffic';
import { EDGE_METRICS, OUTCOME_LABEL, OUTCOME_OF_VALUE } from './edge-metrics.js';
import { sketchOf } from './latency-histogram.js';

export interface EdgeSpan {
  readonly fromSec: number;
  /** Exclusive. */
  readonly toSec: number;
}

type Count = Outcome | 'faulted';

interface MutableRecord {
  sec: number;
  outcomes: Record<Outcome, number>;
  faulted: number;
  latency: LatencySketchData;
}

const MS_A_SEC = 1_000;
// Whoever reports says something of each edge at least so often: beyond it nobody looked, and what was counted meanwhile belongs to no one second.
const LONGEST_STEP_MS = (QUIET_EDGE_EVERY_SEC + 1) * MS_A_SEC;
const NO_LATENCY: LatencySketchData = { indices: [], counts: [], sumMs: 0 };
const META_CHARACTER = /[\\^$.*+?()[\]{}|]/g;

/** The recorded seconds of edges, by `edgeKeyText`, ascending, added up over the agents that carry each. A second of which nobody knows is not there. */
export async function readEdgeSeconds(source: SeriesReader, edges: readonly EdgeKey[], { fromSec, toSec }: EdgeSpan, signal: AbortSignal): Promise<ReadonlyMap<string, EdgeSecondRecord[]>> {
  const records = new Map<string, Map<number, MutableRecord>>(edges.map((edge) => [edgeKeyText(edge), new Map<number, MutableRecord>()]));
  if (edges.length === 0 || fromSec >= toSec) return new Map();
  // A second's samples stand at its end; the first needs the one before it to be told from.
  const span = { fromMs: fromSec * MS_A_SEC - LONGEST_STEP_MS, toMs: toSec * MS_A_SEC };
  const found = await source.select({ matchers: matchersOf(edges), ...span, hints: { stepMs: 0, function: null } }, signal);
  for (const { labels, samples } of found) addCounts(records.get(edgeOf(labels)), labels, samples);
  // Last: what was answered in a second of which the counts are not known says nothing.
  for (const { labels, samples } of found) if (valueOf(labels, METRIC_NAME) === EDGE_METRICS.latency) addLatencies(records.get(edgeOf(labels)), samples);
  return new Map([...records].map(([edge, bySec]) => [edge, [...bySec.values()].filter(({ sec }) => sec >= fromSec && sec < toSec).sort((one, other) => one.sec - other.sec)]));
}

function matchersOf(edges: readonly EdgeKey[]): Matcher[] {
  const { requests, faulted, latency } = EDGE_METRICS;
  const anyOf = (name: string, values: readonly string[]): Matcher => ({ name, operator: '=~', value: [...new Set(values)].map((value) => value.replaceAll(META_CHARACTER, String.raw`\$&`)).join('|') });
  return [
    anyOf(METRIC_NAME, [requests, faulted, latency]),
    anyOf('source', edges.map(({ source }) => source)),
    anyOf('target', edges.map(({ target }) => target)),
    anyOf('protocol', edges.map(({ protocol }) => protocol)),
  ];
}

function addCounts(bySec: Map<number, MutableRecord> | undefined, labels: Labels, samples: SampleRun): void {
  const count: Count | undefined = valueOf(labels, METRIC_NAME) === EDGE_METRICS.faulted ? 'faulted' : OUTCOME_OF_VALUE.get(valueOf(labels, OUTCOME_LABEL));
  if (bySec === undefined || count === undefined) return;
  eachIncrease(samples, (sec, increase) => {
    const record = recordOf(bySec, sec);
    if (count === 'faulted') record.faulted += increase;
    else record.outcomes[count] += increase;
  });
}

function addLatencies(bySec: ReadonlyMap<number, MutableRecord> | undefined, { timesMs, histograms }: SampleRun): void {
  histograms?.forEach((histogram, i) => {
    const record = bySec?.get(secondOf(timesMs[i]!));
    if (record === undefined || histogram === null || histogram.count === 0) return;
    record.latency = record.latency === NO_LATENCY ? sketchOf(histogram) : merged(record.latency, sketchOf(histogram));
  });
}

function merged(one: LatencySketchData, other: LatencySketchData): LatencySketchData {
  const union = LatencySketch.from(one);
  union.merge(other);
  return union.toData();
}

/** How much each second added to a counter, exactly: each start of the agent is a counter of its own, whether or not the numbers fall. */
function eachIncrease({ timesMs, values, kinds, startsMs }: SampleRun, take: (sec: number, increase: number) => void): void {
  const last = new Map<number, { readonly timeMs: number; readonly value: number }>();
  for (let i = 0; i < timesMs.length; i += 1) {
    if (kinds !== null && kinds[i] !== SAMPLE_KIND.float) continue;
    const [timeMs, value, startMs] = [timesMs[i]!, values[i]!, startsMs?.[i] ?? 0];
    const before = last.get(startMs) ?? { timeMs: startMs, value: 0 };
    last.set(startMs, { timeMs, value });
    if (timeMs - before.timeMs <= LONGEST_STEP_MS) take(secondOf(timeMs), Math.max(0, value - before.value));
  }
}

function recordOf(bySec: Map<number, MutableRecord>, sec: number): MutableRecord {
  const known = bySec.get(sec);
  if (known !== undefined) return known;
  const made = { sec, outcomes: { ok: 0, clientError: 0, serverError: 0, noResponse: 0 }, faulted: 0, latency: NO_LATENCY };
  bySec.set(sec, made);
  return made;
}

function secondOf(timeMs: number): number {
  return timeMs / MS_A_SEC - 1;
}

function edgeOf(labels: Labels): string {
  return edgeKeyText({ source: valueOf(labels, 'source'), target: valueOf(labels, 'target'), protocol: valueOf(labels, 'protocol') as EdgeKey['protocol'] });
}

function valueOf(labels: Labels, wanted: string): string {
  return labels.find(({ name }) => name === wanted)?.value ?? '';
}
