import type { Ref } from 'react';
import { useCallback } from 'react';
import { edgeName } from '../../model/find-edges.js';
import { failureShare, healthOf } from '../../model/health.js';
import { recentRate } from '../../model/recent-rate.js';
import type { Selection, World, WorldEdge } from '../../model/world.js';
import { HealthMark } from '../edge/health-mark.js';
import { formatMs, formatRate, formatShare } from '../format/number.js';
import { useWorld } from '../world/use-world.js';
import classes from './live.module.css';

interface HoverCardProps {
  readonly hovered: Selection | null;
  readonly ref: Ref<HTMLDivElement>;
}

/** Exact values of what the pointer is on, beside it. */
export function HoverCard({ hovered, ref }: HoverCardProps) {
  const edge = useWorld(useCallback((world: World) => (hovered?.kind === 'edge' ? world.edges.get(hovered.id) : undefined), [hovered]));
  const node = useWorld(useCallback((world: World) => (hovered?.kind === 'node' ? world.nodes.get(hovered.id) : undefined), [hovered]));
  const region = useWorld(useCallback((world: World) => (node === undefined ? undefined : world.regions[node.region]?.city), [node]));
  return (
    <div ref={ref} className={classes.hover} hidden={edge === undefined && node === undefined} aria-hidden="true">
      {edge !== undefined && <EdgeFacts edge={edge} />}
      {node !== undefined && (
        <>
          <strong>{node.name}</strong>
          <span>
            {node.kind} · {region}
          </span>
        </>
      )}
    </div>
  );
}

function EdgeFacts({ edge }: { readonly edge: WorldEdge }) {
  const rate = recentRate(edge);
  return (
    <>
      <strong>
        <HealthMark health={edge.stale ? 'idle' : healthOf(rate)} sizePx={10} /> {edgeName(edge)}
      </strong>
      <span>
        {formatRate(rate.requestsPerSec)} · {formatShare(failureShare(rate))} failing · p99 {formatMs(rate.p99Ms)}
      </span>
    </>
  );
}
