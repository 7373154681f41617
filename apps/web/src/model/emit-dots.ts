import type { EdgeRate } from './world.js';

/** What a dot says about the requests it stands for: how they ended. */
export const DOT_OUTCOMES = ['ok', 'clientError', 'failure'] as const;
export type DotOutcome = (typeof DOT_OUTCOMES)[number];

export interface Dot {
  /** Seconds after the start of the emitted span. */
  readonly atSec: number;
  readonly outcome: DotOutcome;
}

/** What is owed from one second to the next, in requests: the part of a dot that has not left yet, in all and by outcome. */
export interface DotDebt {
  readonly requests: number;
  readonly byOutcome: Readonly<Record<DotOutcome, number>>;
}

/** `phase` from 0 to 1 lets edges start at different points, so that equal rates do not march in step. */
export function freshDebt(phase: number, requestsPerDot: number): DotDebt {
  return { requests: phase * requestsPerDot, byOutcome: { ok: phase * requestsPerDot, clientError: 0, failure: 0 } };
}

export interface EmitInput {
  readonly rate: EdgeRate;
  readonly spanSec: number;
  readonly requestsPerDot: number;
  readonly debt: DotDebt;
}

/**
 * The dots of one span of an edge. A dot leaves each time another `requestsPerDot` requests have been made, evenly over the span, and what
 * is left over is carried on: over any time, dots x requestsPerDot = requests, give or take one dot. Its outcome is the one most owed, so
 * shares are as exact as the count.
 *
 *   requests  0----1----2----3----4----5----6----7
 *   dots      |         o         o         o    (requestsPerDot = 2; the 7th is carried)
 */
export function emitDots({ rate, spanSec, requestsPerDot, debt }: EmitInput): { readonly dots: readonly Dot[]; readonly debt: DotDebt } {
  const made = outcomesOf(rate, spanSec);
  const total = made.ok + made.clientError + made.failure;
  const dots: Dot[] = [];
  const sent: Record<DotOutcome, number> = { ok: 0, clientError: 0, failure: 0 };
  for (let due = requestsPerDot - debt.requests; due <= total && total > 0; due += requestsPerDot) {
    const share = due / total;
    const outcome = mostOwed((kind) => debt.byOutcome[kind] + made[kind] * share - sent[kind]);
    sent[outcome] += requestsPerDot;
    dots.push({ atSec: share * spanSec, outcome });
  }
  const left = (kind: DotOutcome) => debt.byOutcome[kind] + made[kind] - sent[kind];
  const requests = debt.requests + total - dots.length * requestsPerDot;
  return { dots, debt: { requests, byOutcome: { ok: left('ok'), clientError: left('clientError'), failure: left('failure') } } };
}

function outcomesOf(rate: EdgeRate, spanSec: number): Record<DotOutcome, number> {
  const failure = rate.failuresPerSec * spanSec;
  const clientError = rate.clientErrorsPerSec * spanSec;
  return { failure, clientError, ok: Math.max(0, rate.requestsPerSec * spanSec - failure - clientError) };
}

function mostOwed(owed: (kind: DotOutcome) => number): DotOutcome {
  let best: DotOutcome = 'ok';
  for (const kind of DOT_OUTCOMES) if (owed(kind) > owed(best)) best = kind;
  return best;
}
