import { METRIC_NAME, SAMPLE_KIND } from '#metrics';
import type { Histogram, Labels, MetricMetadata, SampleKind } from '#metrics';
import { ADMISSION } from './head.js';
import type { Admission, Head } from './head.js';
import type { JournalFeed } from './journal-feed.js';
import type { RefusalKind, Refusals } from './refusals.js';
import type { SeriesSlots } from './series-slots.js';
import type { WriteLimits } from './write-limits.js';

interface Exemplar {
  readonly labels: Labels;
  readonly value: number;
  readonly timeMs: number;
}

// OpenMetrics 1.0 allows 128 characters; what senders add to it is still short.
const MAX_EXEMPLAR_LABEL_CHARS = 1_024;
const MAX_HELP_CHARS = 4_096;
// Sixty times what instrumentation makes by default.
const MAX_HISTOGRAM_SIZE = 10_000;
// Families are few. Whoever sends more makes them up.
const MAX_FAMILIES = 100_000;
const MS_A_DAY = 86_400_000;
const LONE_SURROGATE = /\p{Surrogate}/u;
// Series of such families have a suffix that is not the family's.
const SUFFIX: Partial<Record<MetricMetadata['type'], RegExp>> = { histogram: /_(bucket|count|sum)$/, gaugehistogram: /_(bucket|gcount|gsum)$/, summary: /_(count|sum)$/ };

/** What of one request goes in, sample by sample: into the head at once, and into the journal with the next commit. */
export class RequestIntake {
  readonly counts = { samples: 0, histograms: 0, exemplars: 0 };

  constructor(
    private readonly intake: { readonly head: Head; readonly feed: JournalFeed; readonly slots: SeriesSlots; readonly outOfOrderMs: number },
    private readonly span: { readonly fromMs: number; readonly toMs: number },
    private readonly refusals: Refusals,
    private readonly describe: (name: string, metadata: MetricMetadata) => void,
  ) {}

  // The inner loop of ingest: no allocation unless something is wrong.
  sample(slot: number, timeMs: number, value: number, kind: SampleKind, startMs: number, histogram: Histogram | null): void {
    if (!(timeMs >= this.span.fromMs && timeMs <= this.span.toMs)) return this.#outOfSpan(timeMs);
    if (histogram !== null && sizeOf(histogram) > MAX_HISTOGRAM_SIZE) return this.refusals.add('malformed', () => `A native histogram has more than ${MAX_HISTOGRAM_SIZE} buckets, spans and bounds.`);
    const { head, feed, slots } = this.intake;
    const atMs = Math.trunc(timeMs);
    // Anyone can claim to have started at any time; what cannot be is as good as unknown.
    const sinceMs = startMs > 0 && startMs <= atMs ? Math.trunc(startMs) : 0;
    const admission = head.add(slot, atMs, value, kind, sinceMs, histogram);
    if (admission === ADMISSION.added) feed.gathering.samples.push(slots.seriesAt(slot).id, atMs, value, kind, sinceMs, histogram);
    else if (admission === ADMISSION.conflict || admission === ADMISSION.tooOld) return this.#refuse(admission, timeMs);
    if (kind === SAMPLE_KIND.histogram) this.counts.histograms += 1;
    else this.counts.samples += 1;
  }

  /** Exemplars are a help and no more: those that cannot be kept are passed over. */
  exemplar(slot: number, { labels, value, timeMs }: Exemplar): void {
    const chars = labels.reduce((sum, label) => sum + label.name.length + label.value.length, 0);
    const storable = chars <= MAX_EXEMPLAR_LABEL_CHARS && labels.every((label) => !label.name.includes('\0') && !label.value.includes('\0'));
    const at = timeMs === 0 ? this.intake.head.newestMs(slot) : timeMs;
    if (slot < 0 || !storable || !(at >= this.span.fromMs && at <= this.span.toMs)) return;
    this.intake.feed.gathering.exemplars.push({ seriesId: this.intake.slots.seriesAt(slot).id, timeMs: at, value, labels });
    this.counts.exemplars += 1;
  }

  family(name: string, metadata: MetricMetadata): void {
    this.describe(name, metadata);
  }

  #outOfSpan(timeMs: number): void {
    const { fromMs, toMs } = this.span;
    if (timeMs > toMs) this.refusals.add('tooNew', () => `A sample is from ${moment(timeMs)}, which is too far ahead: the newest that is taken now is from ${moment(toMs)}.`);
    else this.refusals.add('tooOld', () => `A sample is from ${moment(timeMs)}; samples are kept from ${moment(fromMs)} on.`);
  }

  #refuse(admission: Admission, timeMs: number): void {
    const kind: RefusalKind = admission === ADMISSION.conflict ? 'conflict' : 'tooOld';
    const minutes = this.intake.outOfOrderMs / 60_000;
    this.refusals.add(kind, () =>
      kind === 'conflict' ? `There is another value already for a sample of ${moment(timeMs)}; the first stays.` : `A sample of ${moment(timeMs)} is more than ${minutes} minutes older than the newest of its series.`,
    );
  }
}

/** Begins a request's intake, and remembers what was said of metric families, so that only news is written. */
export class SampleIntake {
  readonly #families = new Map<string, string>();

  constructor(
    private readonly parts: { readonly head: Head; readonly feed: JournalFeed; readonly slots: SeriesSlots; readonly limits: WriteLimits; readonly nowMs: () => number },
  ) {}

  begin(refusals: Refusals): RequestIntake {
    const { head, feed, slots, limits, nowMs } = this.parts;
    const now = nowMs();
    const span = { fromMs: now - limits.keepMs, toMs: now + limits.maxAheadMs };
    return new RequestIntake({ head, feed, slots, outOfOrderMs: limits.outOfOrderMs }, span, refusals, (name, metadata) => this.#put(name, metadata));
  }

  /** What remote write 2.0 says beside a series. */
  describe(labels: Labels, metadata: MetricMetadata): void {
    const name = labels.find((label) => label.name === METRIC_NAME)?.value;
    if (name !== undefined) this.#put(name.replace(SUFFIX[metadata.type] ?? /$^/, ''), metadata);
  }

  #put(name: string, { type, unit, help }: MetricMetadata): void {
    const said = { type, unit: storable(unit), help: storable(help) };
    const text = JSON.stringify(said);
    if (this.#families.get(name) === text || name.includes('\0') || Buffer.byteLength(name) > this.parts.limits.maxNameBytes) return;
    if (this.#families.size >= MAX_FAMILIES && !this.#families.has(name)) return;
    this.#families.set(name, text);
    this.parts.feed.gathering.families.set(name, said);
  }
}

function sizeOf({ positive, negative, customBounds }: Histogram): number {
  return positive.counts.length + positive.spans.length + negative.counts.length + negative.spans.length + customBounds.length;
}

// Cut at a code point: half of a surrogate pair is no UTF-8.
function storable(text: string): string {
  return [...text.slice(0, MAX_HELP_CHARS)].filter((character) => !LONE_SURROGATE.test(character)).join('').replaceAll('\0', '\uFFFD');
}

function moment(timeMs: number): string {
  return Math.abs(timeMs) < 8.64e15 ? new Date(timeMs).toISOString() : `${timeMs / MS_A_DAY} days since 1970`;
}
