import { setImmediate as nextTurn } from 'node:timers/promises';
import { firstAtOrAfter } from '#metrics';
import type { MetricBlock } from '../../storage/metrics/blocks.store.js';
import { windowOf, WINDOW_MS } from '../window.js';
import type { HeadPart } from './head-part.js';
import { BlockPacker } from './pack-blocks.js';
import type { SeriesSlots } from './series-slots.js';

// About a millisecond of work.
const SERIES_A_TURN = 64;

export interface PartAtRest {
  readonly blocks: readonly MetricBlock[];
  /** By window: which series it has. */
  readonly presence: ReadonlyMap<number, Uint8Array>;
}

/** What a part of the head becomes at rest. Gives way to other work in between. */
export async function blocksOfPart(part: HeadPart, slots: SeriesSlots): Promise<PartAtRest> {
  const inOrder = [...part.slots()].map((slot) => ({ slot, series: slots.seriesAt(slot) })).sort((one, other) => one.series.metricId - other.series.metricId || one.series.id - other.series.id);
  const greatestId = inOrder.reduce((greatest, { series }) => Math.max(greatest, series.id), 0);
  const packer = new BlockPacker();
  const blocks: MetricBlock[] = [];
  const presence = new Map<number, Uint8Array>();
  for (const [i, { slot, series }] of inOrder.entries()) {
    const samples = part.run(slot);
    blocks.push(...packer.add({ series, samples }));
    for (const windowMs of windowsOf(samples.timesMs)) mark(presence, windowMs, series.id, greatestId);
    if (i % SERIES_A_TURN === SERIES_A_TURN - 1) await nextTurn();
  }
  blocks.push(...packer.finish());
  return { blocks, presence };
}

function* windowsOf(timesMs: Float64Array): Generator<number> {
  for (let at = 0; at < timesMs.length; ) {
    const windowMs = windowOf(timesMs[at]!);
    yield windowMs;
    at = firstAtOrAfter(timesMs, windowMs + WINDOW_MS);
  }
}

/** Bit i of byte n for the id 8n + i. */
function mark(presence: Map<number, Uint8Array>, windowMs: number, id: number, greatestId: number): void {
  let bitmap = presence.get(windowMs);
  if (bitmap === undefined) presence.set(windowMs, (bitmap = new Uint8Array((greatestId >> 3) + 1)));
  bitmap[id >> 3]! |= 1 << (id & 7);
}
