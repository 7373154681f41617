import type { Random } from '../random.js';

/** Decides each time by a draw of its own. A share of 1 draws nothing, so it hits whatever the source. */
export function sharePicker(share: number, random: Random): () => boolean {
  return share >= 1 ? () => true : () => random() < share;
}
