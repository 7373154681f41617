import { expect, it } from 'vitest';
import { SegmentReader } from '#metrics';
import type { SampleRun } from '#metrics';
import type { MetricBlock } from '../../storage/metrics/blocks.store.js';
import { addSamples } from '../reader/block-samples.js';
import { ReadBlock } from '../reader/read-block.js';
import { WINDOW_MS } from '../window.js';
import { blocksOfPart } from './flush-part.js';
import { HeadPart } from './head-part.js';
import { mergeBlocks } from './merge-window.js';
import { SeriesSlots } from './series-slots.js';

const SERIES = 600;
const metricOf = (id: number): number => id % 7;

async function partOf(samples: readonly (readonly [id: number, timeMs: number, value: number])[]) {
  const slots = new SeriesSlots();
  const part = new HeadPart(1, 0);
  for (const [id, timeMs, value] of samples) part.append(slots.admit({ id, metricId: metricOf(id) }), timeMs, value, 0, 0, null);
  return blocksOfPart(part, slots);
}

function samplesIn(blocks: readonly MetricBlock[]): [number, number, number][] {
  const runs = new Map<number, SampleRun[]>(Array.from({ length: SERIES }, (_, id) => [id, []]));
  for (const { directory, data } of blocks) addSamples(new ReadBlock(new SegmentReader(directory), data), { fromMs: -Infinity, toMs: Infinity }, runs);
  return [...runs].flatMap(([id, all]) => all.flatMap(({ timesMs, values }) => [...timesMs].map((timeMs, i): [number, number, number] => [id, timeMs, values[i]!])));
}

async function* written(blocks: readonly MetricBlock[], windowMs: number, number: number) {
  for (const block of blocks) if (block.windowMs === windowMs) yield { ...block, written: number };
}

it('a part becomes blocks by window, in the order of metric and series, that hold all of it', async () => {
  const given = Array.from({ length: SERIES }, (_, id) => [id, id] as const).flatMap(([id]) => [[id, 1_000, id], [id, WINDOW_MS + 1_000, id + 0.5]] as [number, number, number][]);
  const { blocks, presence } = await partOf(given);
  expect(samplesIn(blocks).sort()).toEqual([...given].sort());
  expect([...new Set(blocks.map(({ windowMs }) => windowMs))].sort()).toEqual([0, WINDOW_MS]);
  const order = blocks.filter(({ windowMs }) => windowMs === 0).map(({ firstMetric, firstSeries }) => firstMetric * SERIES + firstSeries);
  expect(order).toEqual([...order].sort((one, other) => one - other));
  expect([...presence].map(([windowMs, bitmap]) => [windowMs, bitmap.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)])).toEqual([[0, SERIES], [WINDOW_MS, SERIES]]);
});

it('what several flushes left of a window is merged; where they disagree, the earlier one is right', async () => {
  const one = await partOf([[1, 1_000, 1], [2, 1_000, 2], [300, 3_000, 3]]);
  const other = await partOf([[2, 1_000, 99], [2, 2_000, 4], [5, 500, 5]]);
  const merged: MetricBlock[] = [];
  for await (const block of mergeBlocks([written(one.blocks, 0, 1), written(other.blocks, 0, 2)], metricOf)) merged.push(block);
  expect(samplesIn(merged).sort()).toEqual([[1, 1_000, 1], [2, 1_000, 2], [2, 2_000, 4], [300, 3_000, 3], [5, 500, 5]].sort());
  expect(merged).toHaveLength(1);
});

it('a series with more samples than a block holds is continued in the next, also when it is merged', async () => {
  const many = Array.from({ length: 300_000 }, (_, i): [number, number, number] => [1, i, i % 5]);
  const { blocks } = await partOf([[0, 5, 5], ...many, [8, 7, 7]]);
  expect(blocks.length).toBeGreaterThan(2);
  const merged: MetricBlock[] = [];
  for await (const block of mergeBlocks([written(blocks, 0, 1)], metricOf)) merged.push(block);
  for (const some of [blocks, merged]) expect(samplesIn(some).length).toBe(300_002);
});
