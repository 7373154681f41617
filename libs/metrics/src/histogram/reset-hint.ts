import type { ResetHint } from './histogram.js';

/** The hint of a sum or difference: what both say; else gauge, when one is; else unknown. */
export function combineHints(one: ResetHint, other: ResetHint): ResetHint {
  if (one === other) return one;
  return one === 'gauge' || other === 'gauge' ? 'gauge' : 'unknown';
}

/** One says that the counter was reset, the other that it was not: what comes of them means little. */
export function hintsCollide(one: ResetHint, other: ResetHint): boolean {
  return (one === 'reset' && other === 'not-reset') || (one === 'not-reset' && other === 'reset');
}
