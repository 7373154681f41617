import type { Stream } from '#contracts';
import type { ConnectionRule } from '../edge-rule.js';
import { seededRandom } from '../random.js';
import type { Random } from '../random.js';
import type { StreamStage } from '../stream-stage.js';

/** Makes the stage of one stream, with lots of its own; `previous` is the stage whose place it takes. */
export type StageMaker = (random: Random, previous?: StreamStage) => StreamStage;

/**
 * A stage on one stream of a connection, or one on each. Each stream draws from its own lots: how the bytes of one interleave with those of the
 * other is chance, and would otherwise decide what is drawn.
 */
export function stagePerStream(streams: Stream | 'both', random: Random, make: StageMaker): ConnectionRule {
  const lots = { upstream: lotsFrom(random), downstream: lotsFrom(random) };
  return { stage: (stream, previous) => (streams === 'both' || streams === stream ? make(lots[stream], previous) : null) };
}

function lotsFrom(random: Random): Random {
  return seededRandom(Math.floor(random() * 0x1_0000_0000));
}
