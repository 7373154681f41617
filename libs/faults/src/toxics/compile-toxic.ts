import { TOXIC_ATTRIBUTES } from '#contracts';
import type { Toxic, ToxicType } from '#contracts';
import type { EdgeRule } from '../edge-rule.js';
import { sharePicker } from '../hits/share.js';
import type { Random, Seeded } from '../random.js';
import { Bandwidth } from '../stages/bandwidth.js';
import { Delay } from '../stages/delay.js';
import { LimitData } from '../stages/limit-data.js';
import { stagePerStream } from '../stages/per-stream.js';
import { ResetOnInput } from '../stages/reset-on-input.js';
import { Slicer } from '../stages/slicer.js';
import { SlowClose } from '../stages/slow-close.js';
import { Swallow } from '../stages/swallow.js';
import type { StreamStage } from '../stream-stage.js';

type Attributes<T extends ToxicType> = Readonly<Record<(typeof TOXIC_ATTRIBUTES)[T][number], number>>;
interface StageParts {
  readonly random: Random;
  readonly previous: StreamStage | undefined;
}

const BYTES_PER_KILOBYTE = 1_000;

// Attributes are any whole number, below 0 too: what makes no sense is read as the nearest that does.
const STAGES: { readonly [T in Exclude<ToxicType, 'noop'>]: (attributes: Attributes<T>, parts: StageParts) => StreamStage } = {
  latency: ({ latency, jitter }, { random }) => new Delay({ latencyMs: atLeast(0, latency), jitterMs: atLeast(0, jitter) }, random),
  bandwidth: ({ rate }) => new Bandwidth(atLeast(0, rate) * BYTES_PER_KILOBYTE),
  slow_close: ({ delay }) => new SlowClose(atLeast(0, delay)),
  timeout: ({ timeout }) => new Swallow(timeout > 0 ? timeout : null),
  reset_peer: ({ timeout }) => new ResetOnInput(atLeast(0, timeout)),
  slicer: ({ average_size, size_variation, delay }, { random }) => {
    const averageBytes = atLeast(1, average_size);
    return new Slicer({ averageBytes, variationBytes: Math.min(atLeast(0, size_variation), averageBytes - 1), pauseMicros: atLeast(0, delay) }, random);
  },
  limit_data: ({ bytes }, { previous }) => new LimitData(bytes, previous),
};

/**
 * The rule of a toxic, as Toxiproxy has it: a stage on its own stream of a share of the connections, drawn once each: none at a toxicity of 0 or
 * less, all at 1 or more. Attributes that are left out are 0. Compiled again with other lots, an updated toxic is drawn anew for each connection.
 */
export function compileToxic(toxic: Toxic, seeded: Seeded): EdgeRule {
  return {
    announce: false,
    forConnection: ({ index }) => {
      const { type, toxicity, stream } = toxic;
      const random = seeded.of(index);
      if (type === 'noop' || !sharePicker(toxicity, random)()) return null;
      return stagePerStream(stream, random, (lots, previous) => stageOf(type, toxic.attributes, { random: lots, previous }));
    },
  };
}

function stageOf<T extends Exclude<ToxicType, 'noop'>>(type: T, given: Toxic['attributes'], parts: StageParts): StreamStage {
  const attributes = Object.fromEntries(TOXIC_ATTRIBUTES[type].map((name) => [name, given[name] ?? 0])) as Attributes<T>;
  return STAGES[type](attributes, parts);
}

function atLeast(least: number, value: number): number {
  return Math.max(least, value);
}
