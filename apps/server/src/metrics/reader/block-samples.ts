import { clipRun } from '#metrics';
import type { SampleRun } from '#metrics';
import type { ReadBlock } from './read-block.js';

/** Adds what the block holds of the wanted series within the span to their runs. */
export function addSamples(block: ReadBlock, span: { readonly fromMs: number; readonly toMs: number }, runs: ReadonlyMap<number, SampleRun[]>): void {
  const { reader } = block;
  reader.seriesIds.forEach((id, index) => {
    const wanted = runs.get(id);
    if (wanted === undefined) return;
    const entry = reader.entryAt(index);
    if (entry.toMs < span.fromMs || entry.fromMs > span.toMs) return;
    const run = clipRun(block.samples(entry), span.fromMs, span.toMs);
    if (run.timesMs.length > 0) wanted.push(run);
  });
}
