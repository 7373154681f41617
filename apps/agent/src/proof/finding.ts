import type { Proof } from '#contracts';
import type { Trace } from './probe.js';
import type { Shot } from './shot.js';
import { LONGEST_WAIT_MS } from './shot.js';

export type Finding = Pick<Proof, 'verdict' | 'got' | 'how'>;

/** Probes for one fault: with its rule in the way, and without, for what the path itself does. */
export interface Prober {
  readonly protocol: 'http' | 'tcp';
  faulted(shot?: Partial<Shot>): Promise<Trace>;
  plain(shot?: Partial<Shot>): Promise<Trace>;
}

export function judged(bites: boolean, got: string, how: string): Finding {
  return { verdict: bites ? 'bites' : 'does-not-bite', got, how };
}

export function unproven(how: string): Finding {
  return { verdict: 'unproven', got: '', how };
}

export const BOUND = `${LONGEST_WAIT_MS / 1_000} s`;

/** `+401.2 ms`. */
export function msText(ms: number): string {
  return `${ms.toFixed(1)} ms`;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b).at(Math.floor(values.length / 2)) ?? Number.NaN;
}
