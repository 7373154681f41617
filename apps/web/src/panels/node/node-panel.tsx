import { CloseButton } from '@mantine/core';
import { useCallback } from 'react';
import type { World, WorldNode } from '../../model/world.js';
import edgeClasses from '../edge/edge-panel.module.css';
import { EdgeList } from '../live/edge-list.js';
import { useSelection } from '../selection/use-selection.js';
import { useWorld } from '../world/use-world.js';
import { sameEdges, edgesOf } from './edges-of-node.js';

const KIND_TEXT: Readonly<Record<WorldNode['kind'], string>> = { client: 'Client', service: 'Service', database: 'Database', cache: 'Cache', external: 'External' };

/** One node: who calls it and whom it calls, worst first. */
export function NodePanel({ node }: { readonly node: WorldNode }) {
  const { select } = useSelection();
  const incoming = useWorld(useCallback((world: World) => edgesOf(world, node.id, 'target'), [node.id]), sameEdges);
  const outgoing = useWorld(useCallback((world: World) => edgesOf(world, node.id, 'source'), [node.id]), sameEdges);
  const city = useWorld((world) => world.regions[node.region]?.city);
  return (
    <>
      <header className={edgeClasses.header}>
        <div className={edgeClasses.headerText}>
          <h2 className={edgeClasses.title} tabIndex={-1} id="details-title">
            {node.name}
          </h2>
          <p className={edgeClasses.subtitle}>
            {KIND_TEXT[node.kind]} · {city}
          </p>
        </div>
        <CloseButton aria-label="Close details" onClick={() => select(null)} />
      </header>
      <div className={edgeClasses.body}>
        <EdgeList title={`Called by (${incoming.length})`} edges={incoming} empty="Nothing calls it." />
        <EdgeList title={`Calls (${outgoing.length})`} edges={outgoing} empty="It calls nothing." />
      </div>
    </>
  );
}
