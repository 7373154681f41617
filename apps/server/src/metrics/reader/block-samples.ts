import { clipRun, SegmentReader } from '#metrics';
import type { SampleRun } from '#metrics';
import type { WrittenBlock } from '../../storage/metrics/blocks.store.js';

/** Adds what the block holds of the wanted series within the span to their runs. */
export function readBlock({ directory, data }: WrittenBlock, span: { readonly fromMs: number; readonly toMs: number }, runs: ReadonlyMap<number, SampleRun[]>): void {
  const reader = new SegmentReader(directory);
  for (const id of reader.seriesIds) {
    const wanted = runs.get(id);
    if (wanted === undefined) continue;
    const entry = reader.entry(id)!;
    if (entry.toMs < span.fromMs || entry.fromMs > span.toMs) continue;
    const run = clipRun(reader.samples(entry, data.subarray(entry.offset, entry.offset + entry.length)), span.fromMs, span.toMs);
    if (run.timesMs.length > 0) wanted.push(run);
  }
}
