import { clipRun } from '#metrics';
import type { SampleRun } from '#metrics';
import type { ReadBlock } from './block-cache.js';

/** Adds what the block holds of the wanted series within the span to their runs. */
export function addSamples({ reader, data }: ReadBlock, span: { readonly fromMs: number; readonly toMs: number }, runs: ReadonlyMap<number, SampleRun[]>): void {
  reader.seriesIds.forEach((id, index) => {
    const wanted = runs.get(id);
    if (wanted === undefined) return;
    const entry = reader.entryAt(index);
    if (entry.toMs < span.fromMs || entry.fromMs > span.toMs) return;
    const run = clipRun(reader.samples(entry, data.subarray(entry.offset, entry.offset + entry.length)), span.fromMs, span.toMs);
    if (run.timesMs.length > 0) wanted.push(run);
  });
}
