import { formatAgo } from '../format/time.js';

/** `0.4 s old` while it is fresh, whole units later. */
export function ageText(ageMs: number | null): string {
  if (ageMs === null) return 'none yet';
  return ageMs < 10_000 ? `${(ageMs / 1_000).toFixed(1)} s old` : formatAgo(0, ageMs).replace(' ago', ' old');
}
