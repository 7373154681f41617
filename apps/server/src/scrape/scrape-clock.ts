import { performance } from 'node:perf_hooks';

/** Time as a parameter. Samples carry `wallMs`; how long a scrape took is measured on `monotonicMs`, which no clock change moves. */
export interface ScrapeClock {
  /** Whole milliseconds since 1970. */
  wallMs(): number;
  monotonicMs(): number;
  /** Calls `act` once after `delayMs`, unless the returned function is called before. */
  after(delayMs: number, act: () => void): () => void;
}

export const SYSTEM_CLOCK: ScrapeClock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after: (delayMs, act) => {
    const timer = setTimeout(act, Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
};
