import { meanOf } from '../functions/kahan-sum.js';
import { CELL, floatCells, type Cells, type Column } from './columns.js';
import { quantileOf } from './quantile.js';

/** Reduces the floats of a group to one at each step. `values` holds NaN and `counts` 0 where there is none. */
export interface Reduced {
  readonly values: Float64Array;
  /** How many floats were there at each step. */
  readonly counts: Uint32Array;
}

export type FloatReducer = (members: readonly Column[], steps: number, parameter: Float64Array) => Reduced;

// These are the inner loops of most queries. Each goes over one series after the other, all steps of it, so that what is read and written lies side by side
// in memory; the order of additions at a step is still that of the series, as in Prometheus.

export function sumFloats(members: readonly Column[], steps: number): Reduced {
  const { values, counts, lost } = compensatedSums(members, steps);
  for (let i = 0; i < steps; i++) values[i]! += lost[i]!;
  return { values, counts };
}

export function averageFloats(members: readonly Column[], steps: number): Reduced {
  const { values, counts, lost } = compensatedSums(members, steps);
  for (let i = 0; i < steps; i++) {
    const count = counts[i]!;
    if (count === 0) continue;
    if (Number.isFinite(values[i]!)) values[i] = values[i]! / count + lost[i]! / count;
    else values[i] = meanOf(floatsAt(members, i), 0, count);
  }
  return { values, counts };
}

function compensatedSums(members: readonly Column[], steps: number): Reduced & { readonly lost: Float64Array } {
  const values = new Float64Array(steps);
  const lost = new Float64Array(steps);
  const counts = new Uint32Array(steps);
  for (const { from, values: added, kinds } of members) {
    for (let i = 0; i < added.length; i++) {
      if (kinds !== null && kinds[i] !== CELL.float) continue;
      const at = from + i;
      const value = added[i]!;
      counts[at]!++;
      const sum = values[at]!;
      const next = sum + value;
      if (next === Infinity || next === -Infinity) lost[at] = 0;
      else lost[at]! += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
      values[at] = next;
    }
  }
  return { values, counts, lost };
}

/** Histograms count as well. */
export function countSamples(members: readonly Column[], steps: number): Reduced {
  const counts = new Uint32Array(steps);
  for (const { from, values, kinds } of members) for (let i = 0; i < values.length; i++) if (kinds === null || kinds[i] !== CELL.none) counts[from + i]!++;
  return { values: Float64Array.from(counts), counts };
}

/** 1 wherever there is any sample. */
export function groupSamples(members: readonly Column[], steps: number): Reduced {
  const { values, counts } = countSamples(members, steps);
  return { values: values.fill(1), counts };
}

export function minFloats(members: readonly Column[], steps: number): Reduced {
  return fold(members, steps, (least, value) => least > value || least !== least);
}

export function maxFloats(members: readonly Column[], steps: number): Reduced {
  return fold(members, steps, (most, value) => most < value || most !== most);
}

function fold(members: readonly Column[], steps: number, replaces: (kept: number, value: number) => boolean): Reduced {
  const values = new Float64Array(steps).fill(NaN);
  const counts = new Uint32Array(steps);
  for (const { from, values: read, kinds } of members) {
    for (let i = 0; i < read.length; i++) {
      if (kinds !== null && kinds[i] !== CELL.float) continue;
      const at = from + i;
      counts[at]!++;
      if (replaces(values[at]!, read[i]!)) values[at] = read[i]!;
    }
  }
  return { values, counts };
}

export function stddevFloats(members: readonly Column[], steps: number): Reduced {
  const variances = stdvarFloats(members, steps);
  for (let i = 0; i < steps; i++) variances.values[i] = Math.sqrt(variances.values[i]!);
  return variances;
}

/** Population variance by Welford's method; NaN as soon as a value is not finite. */
export function stdvarFloats(members: readonly Column[], steps: number): Reduced {
  const squares = new Float64Array(steps);
  const means = new Float64Array(steps);
  const counts = new Uint32Array(steps);
  for (const { from, values, kinds } of members) {
    for (let i = 0; i < values.length; i++) {
      if (kinds !== null && kinds[i] !== CELL.float) continue;
      const at = from + i;
      const value = values[i]!;
      const count = ++counts[at]!;
      const delta = value - means[at]!;
      means[at]! += delta / count;
      squares[at]! += delta * (value - means[at]!);
    }
  }
  for (let i = 0; i < steps; i++) squares[i]! /= counts[i]!;
  return { values: squares, counts };
}

export function quantileFloats(members: readonly Column[], steps: number, parameter: Float64Array): Reduced {
  const values = new Float64Array(steps);
  const counts = new Uint32Array(steps);
  const scratch = new Float64Array(members.length);
  for (let step = 0; step < steps; step++) {
    const floats = floatsAt(members, step, scratch);
    counts[step] = floats.length;
    if (floats.length > 0) values[step] = quantileOf(parameter[step]!, floats);
  }
  return { values, counts };
}

function floatsAt(members: readonly Cells[], step: number, into = new Float64Array(members.length)): Float64Array {
  let count = 0;
  for (const { from, values, kinds } of members) {
    const i = step - from;
    if (i >= 0 && i < values.length && (kinds === null || kinds[i] === CELL.float)) into[count++] = values[i]!;
  }
  return into.subarray(0, count);
}

/** The steps from the first to the last that has a float; null when none has. */
export function reducedCells({ values, counts }: Reduced): Cells | null {
  let from = 0;
  let end = counts.length;
  while (from < end && counts[from] === 0) from++;
  while (end > from && counts[end - 1] === 0) end--;
  if (from === end) return null;
  const gap = counts.indexOf(0, from);
  if (gap < 0 || gap >= end) return floatCells(from, values.slice(from, end));
  const kinds = Uint8Array.from(counts.subarray(from, end), (count) => (count === 0 ? CELL.none : CELL.float));
  return { from, values: values.slice(from, end), kinds, histograms: null, samples: kinds.reduce((sum, kind) => sum + kind, 0) };
}
