import { encodeSegment, firstAtOrAfter, sliceRun } from '#metrics';
import type { SampleRun } from '#metrics';
import { bucketsOf } from './sample-columns.js';
import type { MetricBlock } from '../../storage/metrics/blocks.store.js';
import { windowOf, WINDOW_MS } from '../window.js';
import type { SlotSeries } from './series-slots.js';

// Few enough that reading one series of a block does not cost much more than the series; many enough that what a row costs by itself is lost among them.
const SERIES_A_BLOCK = 256;
// A bucket of a native histogram counts as a sample.
const SAMPLES_A_BLOCK = 131_072;

export interface SeriesRun {
  readonly series: SlotSeries;
  readonly samples: SampleRun;
}

interface OpenBlock {
  readonly runs: SeriesRun[];
  samples: number;
}

/** Cuts series, which come in the order of metric and id, into blocks: one row of many series for each window. */
export class BlockPacker {
  readonly #open = new Map<number, OpenBlock>();

  /** Gives the blocks that are full. */
  *add({ series, samples }: SeriesRun): Generator<MetricBlock> {
    const { timesMs } = samples;
    for (let from = 0; from < timesMs.length; ) {
      const windowMs = windowOf(timesMs[from]!);
      const to = timesMs.at(-1)! < windowMs + WINDOW_MS ? timesMs.length : firstAtOrAfter(timesMs, windowMs + WINDOW_MS);
      yield* this.#addInPieces(windowMs, { series, samples: sliceRun(samples, from, to) });
      from = to;
    }
  }

  /** Gives the rest. */
  *finish(): Generator<MetricBlock> {
    for (const [windowMs, { runs }] of this.#open) yield toBlock(windowMs, runs);
    this.#open.clear();
  }

  /** A series with very many samples is continued in the next block. */
  *#addInPieces(windowMs: number, { series, samples }: SeriesRun): Generator<MetricBlock> {
    for (let from = 0; from < samples.timesMs.length; ) {
      const to = endOfPiece(samples, from);
      yield* this.#addTo(windowMs, { series, samples: sliceRun(samples, from, to) });
      from = to;
    }
  }

  *#addTo(windowMs: number, run: SeriesRun): Generator<MetricBlock> {
    let block = this.#open.get(windowMs) ?? { runs: [], samples: 0 };
    // A block has a series once.
    if (block.runs.at(-1)?.series.id === run.series.id) {
      yield toBlock(windowMs, block.runs);
      block = { runs: [], samples: 0 };
    }
    this.#open.set(windowMs, block);
    block.runs.push(run);
    block.samples += weightOf(run.samples);
    if (block.runs.length < SERIES_A_BLOCK && block.samples < SAMPLES_A_BLOCK) return;
    this.#open.delete(windowMs);
    yield toBlock(windowMs, block.runs);
  }
}

function endOfPiece(samples: SampleRun, from: number): number {
  const { histograms, timesMs } = samples;
  if (histograms === null) return Math.min(timesMs.length, from + SAMPLES_A_BLOCK);
  let weight = 0;
  for (let i = from; i < timesMs.length; i += 1) {
    weight += 1 + bucketsOf(histograms[i] ?? null);
    if (weight > SAMPLES_A_BLOCK && i > from) return i;
  }
  return timesMs.length;
}

function weightOf({ timesMs, histograms }: SampleRun): number {
  return timesMs.length + (histograms ?? []).reduce((sum, histogram) => sum + bucketsOf(histogram), 0);
}

function toBlock(windowMs: number, runs: readonly SeriesRun[]): MetricBlock {
  const { directory, data } = encodeSegment(runs.map(({ series, samples }) => ({ seriesId: series.id, samples })));
  const first = runs[0]!.series;
  const last = runs.at(-1)!.series;
  return { windowMs, firstMetric: first.metricId, lastMetric: last.metricId, firstSeries: first.id, lastSeries: last.id, directory, data };
}
