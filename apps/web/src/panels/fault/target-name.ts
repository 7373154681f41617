import { targetLabel } from '#contracts';
import type { FaultTarget } from '#contracts';

/** A target as the screens write it: an edge with the arrow of the picture. */
export function targetName(target: FaultTarget): string {
  return target.type === 'edge' ? `${target.edge.source} → ${target.edge.target}` : targetLabel(target);
}
