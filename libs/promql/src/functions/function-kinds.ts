import type { Histogram, Labels, SampleRun } from '#metrics';
import type { Call, Extension } from '../ast.js';
import type { EvaluationGrid } from '../engine-options.js';

/** Where a function leaves its warnings and infos. The engine adds the place in the query, and says each text once. */
export interface Notes {
  warn(text: string): void;
  info(text: string): void;
}

/**
 * What one series of a range vector holds at one step: the samples of `run` from index `first` up to, not including, `end`, all within
 * (startMs, endMs]. There is at least one and none is a stale marker. With an extension the first may lie at or before `startMs` and, when
 * smoothed, the last beyond `endMs`.
 */
export interface RangeWindow {
  readonly run: SampleRun;
  readonly first: number;
  readonly end: number;
  readonly startMs: number;
  readonly endMs: number;
  /** The step's own moment: an offset or an `@` puts `endMs` elsewhere. */
  readonly timeMs: number;
  readonly extension: Extension;
  /** Of the series; empty when it has none. */
  readonly metricName: string;
}

export interface InstantValue {
  readonly labels: Labels;
  /** The name goes at the very end of the query, unless an aggregation or label function has looked at it before (delayed name removal). */
  readonly dropName: boolean;
  readonly value: number | Histogram;
}

/** An argument at one step. */
export type StepArgument =
  | { readonly type: 'scalar'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'vector'; readonly samples: readonly InstantValue[] };

/** What a vector function knows besides its arguments. */
export interface StepContext {
  readonly timeMs: number;
  readonly grid: EvaluationGrid;
  readonly call: Call;
  readonly notes: Notes;
}

/** Each series of a range vector by itself, at each step. `args` are the scalar arguments at this step in the order of the call; null: no result. */
export interface RangeFunction {
  readonly kind: 'range';
  readonly keepsName: boolean;
  readonly evaluate: (window: RangeWindow, args: readonly number[], notes: Notes) => number | Histogram | null;
}

/** Each sample of an instant vector by itself; drops the name. */
export interface SampleFunction {
  readonly kind: 'sample';
  readonly evaluate: (value: number | Histogram, args: readonly number[], notes: Notes) => number | Histogram | null;
}

/** The whole of a step at once: labels may change, samples may come and go. */
export interface VectorFunction {
  readonly kind: 'vector';
  readonly evaluate: (args: readonly StepArgument[], context: StepContext) => readonly InstantValue[];
}

/** A series by its name, without what it measures. */
export interface NamedSeries {
  readonly labels: Labels;
  readonly dropName: boolean;
}

/**
 * Renames series and leaves their samples alone. The first argument is the vector, the others are texts; `prepare` gets these once and throws
 * QueryError where they make no sense. Series that end up with the same labels become one; the engine fails where their samples collide.
 */
export interface LabelFunction {
  readonly kind: 'label';
  readonly prepare: (texts: readonly string[]) => (series: NamedSeries) => NamedSeries;
}

/** Gives a scalar at each step: time(), pi(), scalar(). */
export interface ScalarFunction {
  readonly kind: 'scalar';
  readonly evaluate: (args: readonly StepArgument[], context: StepContext) => number;
}

/** What the engine itself does because it must look at selectors, series or the whole grid (absent_over_time, info, ...). */
export interface EngineFunction {
  readonly kind: 'engine';
}

export type FunctionDefinition = RangeFunction | SampleFunction | VectorFunction | LabelFunction | ScalarFunction | EngineFunction;
