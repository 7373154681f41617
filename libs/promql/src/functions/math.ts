import type { SampleFunction } from './function-kinds.js';
import { greaterOf, lesserOf } from './extremes.js';

/** What one float becomes by itself. Histograms are left out. */
export const MATH_FUNCTIONS = {
  abs: ofFloat(Math.abs),
  ceil: ofFloat(Math.ceil),
  floor: ofFloat(Math.floor),
  exp: ofFloat(Math.exp),
  ln: ofFloat(Math.log),
  log2: ofFloat(Math.log2),
  log10: ofFloat(Math.log10),
  sqrt: ofFloat(Math.sqrt),
  sgn: ofFloat((value) => (value < 0 ? -1 : value > 0 ? 1 : value)),
  round: ofFloat((value, [toNearest = 1]) => rounded(value, 1 / toNearest)),
  clamp: ofFloat((value, [least, most]) => clamped(value, least!, most!)),
  clamp_min: ofFloat((value, [least]) => clamped(value, least!, Infinity)),
  clamp_max: ofFloat((value, [most]) => clamped(value, -Infinity, most!)),
  sin: ofFloat(Math.sin),
  cos: ofFloat(Math.cos),
  tan: ofFloat(Math.tan),
  asin: ofFloat(Math.asin),
  acos: ofFloat(Math.acos),
  atan: ofFloat(Math.atan),
  sinh: ofFloat(Math.sinh),
  cosh: ofFloat(Math.cosh),
  tanh: ofFloat(Math.tanh),
  asinh: ofFloat(Math.asinh),
  acosh: ofFloat(Math.acosh),
  atanh: ofFloat(Math.atanh),
  deg: ofFloat((radians) => (radians * 180) / Math.PI),
  rad: ofFloat((degrees) => (degrees * Math.PI) / 180),
} as const satisfies Record<string, SampleFunction>;

function ofFloat(apply: (value: number, args: readonly number[]) => number | null): SampleFunction {
  return { kind: 'sample', evaluate: (value, args) => (typeof value === 'number' ? apply(value, args) : null) };
}

/** Halves go up. With the inverse, 0.1 and its like take fewer rounding errors. */
function rounded(value: number, inverse: number): number {
  return Math.floor(value * inverse + 0.5) / inverse;
}

/** Nothing is left between bounds that have changed places. */
function clamped(value: number, least: number, most: number): number | null {
  return most < least ? null : greaterOf(least, lesserOf(most, value));
}
