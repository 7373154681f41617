import { CloseButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { World, WorldNode } from '../../model/world.js';
import edgeClasses from '../edge/edge-panel.module.css';
import { EdgeList } from '../live/edge-list.js';
import type { LiveSearch } from '../selection/live-search.js';
import { useLiveSearch } from '../selection/use-live-search.js';
import { useSelection } from '../selection/use-selection.js';
import { sameItems } from '../world/same-items.js';
import { useWorld } from '../world/use-world.js';
import { edgesOf } from './edges-of-node.js';

const KIND_TEXT: Readonly<Record<WorldNode['kind'], string>> = { client: 'Client', service: 'Service', database: 'Database', cache: 'Cache', external: 'External' };

/** Picture or table stays as it is. */
function viewOf({ view, flat }: LiveSearch): LiveSearch {
  return { ...(view !== undefined && { view }), ...(flat !== undefined && { flat }) };
}

/** One node: who calls it and whom it calls, worst first. */
export function NodePanel({ node }: { readonly node: WorldNode }) {
  const { select } = useSelection();
  const { search } = useLiveSearch();
  const incoming = useWorld(useCallback((world: World) => edgesOf(world, node.id, 'target'), [node.id]), sameItems);
  const outgoing = useWorld(useCallback((world: World) => edgesOf(world, node.id, 'source'), [node.id]), sameItems);
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
        <p className={edgeClasses.manyLinks}>
          <Link to="/live" search={{ ...viewOf(search), many: 'yes', to: node.name }}>
            Break calls to it
          </Link>
          <Link to="/live" search={{ ...viewOf(search), many: 'yes', from: node.name }}>
            Break its calls
          </Link>
        </p>
        <EdgeList title={`Called by (${incoming.length})`} edges={incoming} empty="Nothing calls it." />
        <EdgeList title={`Calls (${outgoing.length})`} edges={outgoing} empty="It calls nothing." />
      </div>
    </>
  );
}
