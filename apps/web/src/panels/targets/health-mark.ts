import type { TargetHealth } from './targets-address.js';

/** Health as a shape and a word; the colour only repeats it. */
export const HEALTH_MARK: Readonly<Record<TargetHealth, { readonly shape: string; readonly word: string }>> = {
  up: { shape: '●', word: 'Up' },
  down: { shape: '◆', word: 'Down' },
  unknown: { shape: '◌', word: 'Not asked yet' },
};
