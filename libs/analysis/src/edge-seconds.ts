import { FAILURE_OUTCOMES, OUTCOMES, QUIET_EDGE_EVERY_SEC } from '#contracts';
import type { LatencySketchData, OutcomeCounts, PhaseWindow } from '#contracts';

/** What one agent recorded of an edge in one second (unix). Records of the same second add up. */
export interface EdgeSecondRecord {
  readonly sec: number;
  readonly outcomes: OutcomeCounts;
  readonly faulted: number;
  readonly latency: LatencySketchData;
}

/** Quantiles of the union of sketches; null when they hold nothing. A parameter, because sketches live in a lib beside this one. */
export interface SketchOps {
  merge(sketches: readonly LatencySketchData[]): SketchQuantiles;
}
export interface SketchQuantiles {
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly count: number;
}

/** Reads the quantiles of a step; the same step is merged once, however many metrics and phases ask for it. */
export type QuantilesOf = (step: Step) => SketchQuantiles;

export function quantileReader(sketches: SketchOps): QuantilesOf {
  const read = new WeakMap<Step, SketchQuantiles>();
  return (step) => {
    const known = read.get(step);
    if (known) return known;
    const quantiles = sketches.merge(step.sketches);
    read.set(step, quantiles);
    return quantiles;
  };
}

/** One or more whole seconds of an edge taken together. */
export interface Step {
  readonly requests: number;
  readonly failures: number;
  readonly sketches: readonly LatencySketchData[];
}

/**
 * The seconds of an edge by time. Between two records that are no further apart than the pace at which quiet edges are reported, a missing second is one without a request.
 * Before the first record and in longer gaps nobody looked: those seconds are none, which is not the same as empty ones.
 */
export class EdgeTimeline {
  readonly #steps = new Map<number, Step>();
  /** Of the records, ascending. */
  readonly #secs: readonly number[];

  constructor(records: readonly EdgeSecondRecord[]) {
    for (const record of records) {
      const same = this.#steps.get(record.sec);
      this.#steps.set(record.sec, same ? mergeSteps([same, stepOf(record)]) : stepOf(record));
    }
    this.#secs = [...this.#steps.keys()].sort((one, other) => one - other);
  }

  /** One step a second, in order, without the seconds in which nobody looked. */
  seconds({ fromSec, toSec }: Pick<PhaseWindow, 'fromSec' | 'toSec'>): { readonly sec: number; readonly step: Step }[] {
    const seconds: { readonly sec: number; readonly step: Step }[] = [];
    for (const [i, recordedSec] of this.#secs.entries()) {
      const nextSec = this.#secs[i + 1] ?? toSec;
      const watchedToSec = nextSec - recordedSec > QUIET_EDGE_EVERY_SEC + 1 ? recordedSec + 1 : nextSec;
      for (let sec = Math.max(recordedSec, fromSec); sec < Math.min(watchedToSec, toSec); sec++) seconds.push({ sec, step: this.#steps.get(sec) ?? IDLE });
    }
    return seconds;
  }
}

/** Whole groups of `size` neighbours; a rest at the end is left out, because a shorter group would look like less traffic. */
export function groupSteps(steps: readonly Step[], size: number): Step[] {
  if (size === 1) return [...steps];
  const groups: Step[] = [];
  for (let at = 0; at + size <= steps.length; at += size) groups.push(mergeSteps(steps.slice(at, at + size)));
  return groups;
}

export function mergeSteps(steps: readonly Step[]): Step {
  return {
    requests: steps.reduce((sum, step) => sum + step.requests, 0),
    failures: steps.reduce((sum, step) => sum + step.failures, 0),
    sketches: steps.flatMap((step) => step.sketches),
  };
}

const IDLE: Step = { requests: 0, failures: 0, sketches: [] };

function stepOf(record: EdgeSecondRecord): Step {
  const count = (outcomes: readonly (keyof OutcomeCounts)[]): number => outcomes.reduce((sum, outcome) => sum + record.outcomes[outcome], 0);
  return { requests: count(OUTCOMES), failures: count(FAILURE_OUTCOMES), sketches: [record.latency] };
}
