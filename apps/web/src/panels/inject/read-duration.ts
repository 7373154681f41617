import { MAX_FAULT_DURATION_MS } from '#contracts';
import { formatCount } from '../format/number.js';

export const MAX_DURATION_SEC = MAX_FAULT_DURATION_MS / 1_000;

type ReadDuration = { readonly ok: true; readonly durationMs: number } | { readonly ok: false; readonly problem: string };

export function readDuration(text: string): ReadDuration {
  const seconds = Number(text.trim());
  if (text.trim() === '' || !Number.isInteger(seconds) || seconds < 1 || seconds > MAX_DURATION_SEC) {
    return { ok: false, problem: `Enter whole seconds, 1 to ${formatCount(MAX_DURATION_SEC)}.` };
  }
  return { ok: true, durationMs: seconds * 1_000 };
}
