import type { Shift, Verdict } from '#contracts';
import type { Interval } from './hodges-lehmann.js';
import { MAX_WINDOW_SEC } from './phase-windows.js';

/** What the recorded steps say about a change, before anyone asks whether it matters. */
export type Evidence =
  | { readonly kind: 'missing'; readonly why: string }
  /** Both windows hold one value each: nothing to estimate. */
  | { readonly kind: 'constant'; readonly shift: number }
  | TestedEvidence;

export interface TestedEvidence {
  readonly kind: 'tested';
  readonly shift: number;
  /** Null when the points bound the shift on no side. */
  readonly interval95: Interval | null;
  readonly interval90: Interval | null;
  readonly p: number;
  /** Points of the shorter window, each `stepSec` long. */
  readonly points: number;
  readonly stepSec: number;
  readonly vif: number;
  readonly phi: number;
  /** Of the points around the mean of their window. */
  readonly standardDeviation: number;
  /** Set when single points hold too few requests to show that nothing changed; `wholeShift` is then what the windows as wholes say. */
  readonly sparse: { readonly why: string; readonly wholeShift: number } | null;
}

export interface Question {
  readonly worse: 'higher' | 'lower';
  readonly toleratedChange: number;
  /** p of the evidence, corrected for its family. */
  readonly adjustedP: number;
  /** Names an amount with its unit. */
  readonly text: (amount: number) => string;
}

const SIGNIFICANCE = 0.05;
// Beyond this the series hardly forgets within the window, and the correction for it is a guess.
const MAX_PHI = 0.9;
// 2 * (1.645 + 1.645)^2: windows of vif * this * (deviation / tolerated)^2 points show an unchanged metric to be unchanged nine times in ten.
const PLANNING_FACTOR = 21.65;

/**
 * DEGRADED: the 95 % interval lies beyond the tolerated change on the worse side, and p holds. IMPROVED: its mirror.
 * NO_MATERIAL_CHANGE: the 90 % interval lies inside the tolerated band (two one-sided tests at 5 %). Otherwise INCONCLUSIVE, with what is missing.
 * Sparse points may prove a change, if the windows as wholes show it too, but never its absence: the rest of their answers is NO_DATA.
 */
export function judge(evidence: Evidence, question: Question): Shift {
  switch (evidence.kind) {
    case 'missing':
      return { verdict: 'NO_DATA', shift: null, low: null, high: null, why: evidence.why };
    case 'constant':
      return judgeConstant(evidence.shift, question);
    case 'tested':
      return judgeTested(evidence, question);
    default:
      return evidence satisfies never;
  }
}

function judgeConstant(shift: number, question: Question): Shift {
  return { verdict: sideOf({ low: shift, high: shift }, question) ?? 'NO_MATERIAL_CHANGE', shift, low: shift, high: shift, why: null };
}

function judgeTested(evidence: TestedEvidence, question: Question): Shift {
  const { shift, interval95, sparse } = evidence;
  const verdict = verdictOf(evidence, question);
  if (sparse && !isChange(verdict, sparse.wholeShift, question)) return { verdict: 'NO_DATA', shift: null, low: null, high: null, why: sparse.why };
  const why = verdict === 'INCONCLUSIVE' ? whyInconclusive(evidence, question) : null;
  return { verdict, shift, low: interval95?.low ?? null, high: interval95?.high ?? null, why };
}

function verdictOf({ phi, interval95, interval90 }: TestedEvidence, question: Question): Verdict {
  if (phi > MAX_PHI || !interval95 || !interval90) return 'INCONCLUSIVE';
  const side = question.adjustedP < SIGNIFICANCE ? sideOf(interval95, question) : null;
  if (side) return side;
  const band = question.toleratedChange;
  return interval90.low > -band && interval90.high < band ? 'NO_MATERIAL_CHANGE' : 'INCONCLUSIVE';
}

function isChange(verdict: Verdict, wholeShift: number, question: Question): boolean {
  return verdict === sideOf({ low: wholeShift, high: wholeShift }, question);
}

/** The side of the tolerated band on which the whole interval lies; null when it reaches into the band. */
function sideOf({ low, high }: Interval, { worse, toleratedChange }: Question): 'DEGRADED' | 'IMPROVED' | null {
  if (low > toleratedChange) return worse === 'higher' ? 'DEGRADED' : 'IMPROVED';
  if (high < -toleratedChange) return worse === 'higher' ? 'IMPROVED' : 'DEGRADED';
  return null;
}

function whyInconclusive({ phi, interval95, points, stepSec, vif, standardDeviation }: TestedEvidence, { toleratedChange, text }: Question): string {
  if (phi > MAX_PHI || !interval95) return 'Neighbouring seconds resemble each other so much that this window is too short to tell a change from drift.';
  const needed = Math.ceil(vif * PLANNING_FACTOR * (standardDeviation / toleratedChange) ** 2);
  const tolerated = text(toleratedChange);
  if (needed <= points) return `The change lies too close to the tolerated ${tolerated} to call it either way.`;
  if (needed * stepSec > MAX_WINDOW_SEC) return `The values scatter too much: to show a change of ${tolerated} or its absence takes more than the ${MAX_WINDOW_SEC} s that are compared.`;
  const moreSec = (needed - points) * stepSec;
  return `The values scatter too much for this window: about ${moreSec} more seconds would show a change of ${tolerated} or its absence.`;
}
