import { setImmediate as nextTurn } from 'node:timers/promises';
import { mergeRuns, SegmentReader } from '#metrics';
import type { MetricBlock, WrittenBlock } from '../../storage/metrics/blocks.store.js';
import { BlockPacker } from './pack-blocks.js';
import type { SeriesRun } from './pack-blocks.js';

type Cursor = { readonly source: AsyncGenerator<SeriesRun>; head: SeriesRun };

/** All that several flushes left of a window, in one order, as new blocks. `sources`: the blocks of each flush in the order of metric and series, the earliest flush first. */
export async function* mergeBlocks(sources: readonly AsyncIterable<WrittenBlock>[], metricOf: (seriesId: number) => number): AsyncGenerator<MetricBlock> {
  const cursors: Cursor[] = [];
  for (const blocks of sources) {
    const source = seriesOf(blocks, metricOf);
    const first = await source.next();
    if (first.done !== true) cursors.push({ source, head: first.value });
  }
  const packer = new BlockPacker();
  while (cursors.length > 0) {
    const { series } = cursors.map(({ head }) => head).reduce((least, head) => (isBefore(head, least) ? head : least));
    const same = cursors.filter(({ head }) => head.series.id === series.id);
    yield* packer.add({ series, samples: mergeRuns(same.map(({ head }) => head.samples)) });
    for (const cursor of same) await advance(cursor, cursors);
  }
  yield* packer.finish();
}

async function advance(cursor: Cursor, cursors: Cursor[]): Promise<void> {
  const next = await cursor.source.next();
  if (next.done === true) cursors.splice(cursors.indexOf(cursor), 1);
  else cursor.head = next.value;
}

async function* seriesOf(blocks: AsyncIterable<WrittenBlock>, metricOf: (seriesId: number) => number): AsyncGenerator<SeriesRun> {
  for await (const { directory, data } of blocks) {
    const reader = new SegmentReader(directory);
    for (let index = 0; index < reader.seriesIds.length; index += 1) {
      const entry = reader.entryAt(index);
      const id = entry.seriesId;
      yield { series: { id, metricId: metricOf(id) }, samples: reader.samples(entry, data.subarray(entry.offset, entry.offset + entry.length)) };
    }
    await nextTurn();
  }
}

function isBefore({ series: one }: SeriesRun, { series: other }: SeriesRun): boolean {
  return one.metricId === other.metricId ? one.id < other.id : one.metricId < other.metricId;
}
