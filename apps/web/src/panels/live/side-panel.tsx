import { Skeleton } from '@mantine/core';
import { useCallback } from 'react';
import type { Selection, World } from '../../model/world.js';
import { EdgePanel } from '../edge/edge-panel.js';
import { ManyPanel } from '../many/many-panel.js';
import { NodePanel } from '../node/node-panel.js';
import { useLiveSearch } from '../selection/use-live-search.js';
import { useSelection } from '../selection/use-selection.js';
import { useWorld } from '../world/use-world.js';
import { MissingPanel } from './missing-panel.js';
import { OverviewPanel } from './overview-panel.js';
import classes from './side-panel.module.css';

interface SidePanelProps {
  /** Told which edges (`edgeKeyText`) a selection of many would hit. */
  readonly onPicked: (edges: ReadonlySet<string> | null) => void;
}

/** The details of what is selected. It keeps its place when nothing is, so the picture never jumps. */
export function SidePanel({ onPicked }: SidePanelProps) {
  return (
    <aside className={classes.panel} aria-labelledby="details-title" id="details">
      <Details onPicked={onPicked} />
    </aside>
  );
}

function Details({ onPicked }: SidePanelProps) {
  const { selection } = useSelection();
  const { search } = useLiveSearch();
  const known = useWorld((world) => world.nodes.size > 0);
  if (selection !== null) return <SelectionDetails selection={selection} />;
  const named = search.edge ?? search.node;
  if (search.many === 'yes') return <ManyPanel from={search.from ?? ''} to={search.to ?? ''} onPicked={onPicked} />;
  if (named === undefined) return <OverviewPanel />;
  return known ? <MissingPanel name={named} /> : <Skeleton height={240} m="lg" width="auto" radius="md" />;
}

function SelectionDetails({ selection }: { readonly selection: Selection }) {
  const { kind, id } = selection;
  const edge = useWorld(useCallback((world: World) => (kind === 'edge' ? world.edges.get(id) : undefined), [kind, id]));
  const node = useWorld(useCallback((world: World) => (kind === 'node' ? world.nodes.get(id) : undefined), [kind, id]));
  if (edge !== undefined) return <EdgePanel key={edge.id} edge={edge} />;
  return node === undefined ? null : <NodePanel key={node.id} node={node} />;
}
