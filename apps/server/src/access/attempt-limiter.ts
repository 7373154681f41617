import { AppError } from '#contracts';

export interface AttemptLimits {
  readonly attempts: number;
  readonly windowMs: number;
  /** Addresses remembered; beyond it the one seen longest ago is forgotten, so a flood of addresses costs no memory. */
  readonly maxAddresses: number;
}

// Ten tries a minute are plenty for a person and hopeless against 256 bits.
export const SIGN_IN_LIMITS: AttemptLimits = { attempts: 10, windowMs: 60_000, maxAddresses: 10_000 };

interface Window {
  readonly startedAtMs: number;
  attempts: number;
}

/** Counts attempts per client address in fixed windows. Pure but for its own counts: the clock comes in as `nowMs`. */
export class AttemptLimiter {
  private readonly windows = new Map<string, Window>();

  constructor(private readonly limits: AttemptLimits = SIGN_IN_LIMITS) {}

  /** Counts one attempt; throws TOO_MANY_ATTEMPTS, with the seconds to wait, when the window is used up. */
  check(address: string, nowMs: number): void {
    const retryAfterSec = this.attempt(address, nowMs);
    if (retryAfterSec > 0) throw new AppError('TOO_MANY_ATTEMPTS', { retryAfterSec });
  }

  /** Counts one attempt; 0 when it is allowed, else the seconds until the next one is. */
  attempt(address: string, nowMs: number): number {
    const window = this.windowOf(address, nowMs);
    if (window.attempts >= this.limits.attempts) return Math.ceil((window.startedAtMs + this.limits.windowMs - nowMs) / 1_000);
    window.attempts += 1;
    return 0;
  }

  /** Gives an attempt back that succeeded: a whole team behind one address may sign in within a minute, only guessing is slowed down. */
  succeeded(address: string): void {
    const window = this.windows.get(address);
    if (window !== undefined && window.attempts > 0) window.attempts -= 1;
  }

  private windowOf(address: string, nowMs: number): Window {
    const known = this.windows.get(address);
    if (known !== undefined && nowMs < known.startedAtMs + this.limits.windowMs) return known;
    // Deleted first: a Map keeps insertion order, and the oldest window is the one to forget.
    this.windows.delete(address);
    if (this.windows.size >= this.limits.maxAddresses) this.forgetOldest();
    const window = { startedAtMs: nowMs, attempts: 0 };
    this.windows.set(address, window);
    return window;
  }

  private forgetOldest(): void {
    const oldest = this.windows.keys().next();
    if (!oldest.done) this.windows.delete(oldest.value);
  }
}
