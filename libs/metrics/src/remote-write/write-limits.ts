import { RemoteWriteError } from './remote-write-error.js';

/**
 * The most of each that one request may hold. Two bytes of a hostile message can stand for a thing that takes a hundred when decoded, so the size of the body
 * alone bounds nothing. Senders put 2,000 samples into a request by default, and tens of thousands where someone has tuned them.
 */
const LIMITS = { series: 500_000, samples: 1_048_576, symbols: 1_000_000, buckets: 1_000_000, exemplars: 100_000, families: 100_000 } as const;
export type Limited = keyof typeof LIMITS;

/** Throws RemoteWriteError. */
export function requireWithin(what: Limited, count: number, byte: number): void {
  if (count > LIMITS[what]) throw new RemoteWriteError('too-large', byte, `The request holds more than ${LIMITS[what]} ${what}; send it in parts.`);
}

// Series with more are no series anyone queries; the store's own limit is far lower, but this one bounds what a single look at them can cost.
export const MAX_LABELS = 1_000;
