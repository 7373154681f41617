import { createHash } from 'node:crypto';
import { targetText, type FaultTarget } from '#contracts';

/**
 * `count` of the targets, by lot: each has its own rank, drawn from the seed and its name alone. So the same seed picks the same ones whatever their order,
 * and a target that comes or goes changes nothing about the ranks of the others.
 */
export function pickTargets(targets: readonly FaultTarget[], count: number, seed: number): FaultTarget[] {
  const ranked = targets.map((target) => ({ target, rank: rankOf(targetText(target), seed) }));
  return ranked
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ target }) => target);
}

function rankOf(text: string, seed: number): string {
  return createHash('sha256').update(`${seed}\0${text}`).digest('hex');
}
