import type { Random } from './random.js';

/** Decides for each request whether it is hit. A share of 1 draws nothing, so it hits every request whatever the source. */
export function sharePicker(share: number, random: Random): () => boolean {
  return share >= 1 ? () => true : () => random() < share;
}

/** `20 % of requests`; up to three digits, so that small shares stay legible. */
export function shareText(share: number): string {
  return `${Number((share * 100).toPrecision(3))} % of requests`;
}
