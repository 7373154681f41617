import type { Histogram } from '../histogram/histogram.js';
import { ProtoWriter } from './proto-writer.fixture.js';

/** What a test puts into a request. `stale` stands for a stale marker. */
export interface GivenSeries {
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly samples?: readonly { readonly timeMs: number; readonly value: number | 'stale'; readonly startMs?: number }[];
  readonly histograms?: readonly GivenHistogram[];
  readonly exemplars?: readonly { readonly labels: readonly (readonly [string, string])[]; readonly value: number; readonly timeMs: number }[];
  /** Only 2.0 has it here. */
  readonly metadata?: { readonly type: number; readonly help: string; readonly unit: string };
}

export interface GivenHistogram {
  readonly timeMs: number;
  readonly startMs?: number;
  readonly histogram: Histogram;
  readonly counts: 'integer' | 'float';
}

const RESET_HINTS = { unknown: 0, reset: 1, 'not-reset': 2, gauge: 3 } as const;

export function writeRequestV1(series: readonly GivenSeries[]): ProtoWriter {
  const request = new ProtoWriter();
  for (const one of series) {
    const message = new ProtoWriter();
    for (const [name, value] of one.labels) message.bytes(1, new ProtoWriter().bytes(1, name).bytes(2, value));
    for (const sample of one.samples ?? []) message.bytes(2, sampleMessage(sample));
    for (const { labels, value, timeMs } of one.exemplars ?? []) {
      const exemplar = new ProtoWriter();
      for (const [name, labelValue] of labels) exemplar.bytes(1, new ProtoWriter().bytes(1, name).bytes(2, labelValue));
      message.bytes(3, exemplar.double(2, value).varint(3, timeMs));
    }
    for (const histogram of one.histograms ?? []) message.bytes(4, histogramMessage(histogram));
    request.bytes(1, message);
  }
  return request;
}

export function writeRequestV2(series: readonly GivenSeries[]): ProtoWriter {
  const symbols = new Map([['', 0]]);
  const reference = (text: string): number => {
    const known = symbols.get(text);
    if (known !== undefined) return known;
    symbols.set(text, symbols.size);
    return symbols.size - 1;
  };
  const messages = series.map((one) => {
    const message = new ProtoWriter().packed(1, one.labels.flat().map(reference));
    for (const sample of one.samples ?? []) message.bytes(2, sampleMessage(sample));
    for (const histogram of one.histograms ?? []) message.bytes(3, histogramMessage(histogram));
    for (const { labels, value, timeMs } of one.exemplars ?? []) message.bytes(4, new ProtoWriter().packed(1, labels.flat().map(reference)).double(2, value).varint(3, timeMs));
    if (one.metadata !== undefined) message.bytes(5, new ProtoWriter().varint(1, one.metadata.type).varint(3, reference(one.metadata.help)).varint(4, reference(one.metadata.unit)));
    return message;
  });
  const request = new ProtoWriter();
  for (const symbol of symbols.keys()) request.bytes(4, symbol);
  for (const message of messages) request.bytes(5, message);
  return request;
}

function sampleMessage({ timeMs, value, startMs }: { readonly timeMs: number; readonly value: number | 'stale'; readonly startMs?: number }): ProtoWriter {
  const message = new ProtoWriter();
  if (value === 'stale') message.stale(1);
  else message.double(1, value);
  message.varint(2, timeMs);
  return startMs === undefined ? message : message.varint(3, startMs);
}

export function histogramMessage({ timeMs, startMs, histogram, counts }: GivenHistogram): ProtoWriter {
  const { schema, zeroThreshold, zeroCount, count, sum, positive, negative, customBounds, resetHint } = histogram;
  const message = new ProtoWriter();
  if (counts === 'integer') message.varint(1, count);
  else message.double(2, count);
  message.double(3, sum).sint(4, schema).double(5, zeroThreshold);
  if (counts === 'integer') message.varint(6, zeroCount);
  else message.double(7, zeroCount);
  for (const [side, fields] of [[negative, { spans: 8, deltas: 9, counts: 10 }], [positive, { spans: 11, deltas: 12, counts: 13 }]] as const) {
    for (const { offset, length } of side.spans) message.bytes(fields.spans, new ProtoWriter().sint(1, offset).varint(2, length));
    if (counts === 'integer') message.packedSint(fields.deltas, side.counts.map((one, i) => one - (side.counts[i - 1] ?? 0)));
    else message.packedDoubles(fields.counts, side.counts);
  }
  message.varint(14, RESET_HINTS[resetHint]).varint(15, timeMs).packedDoubles(16, customBounds);
  return startMs === undefined ? message : message.varint(17, startMs);
}
