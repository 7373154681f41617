import { performance } from 'node:perf_hooks';

/** Time as a parameter: leases run on `monotonicMs`, which no clock change moves; only what people read uses `wallMs`. */
export interface Clock {
  monotonicMs(): number;
  /** Unix milliseconds. */
  wallMs(): number;
  /** Calls `act` once after `delayMs`, unless the returned function is called before. */
  after(delayMs: number, act: () => void): () => void;
}

export const SYSTEM_CLOCK: Clock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  after: (delayMs, act) => {
    const timer = setTimeout(act, Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
};
