import { rankWorstEdges } from '../../model/find-edges.js';
import type { World, WorldEdge } from '../../model/world.js';
import edgeClasses from '../edge/edge-panel.module.css';
import { sameEdges } from '../node/edges-of-node.js';
import { faultOn } from '../world/faults-on-edge.js';
import { useWorld } from '../world/use-world.js';
import { EdgeList } from './edge-list.js';
import classes from './overview-panel.module.css';

const SHOWN = 8;

const STEPS = [
  ['See', 'Click a line: a line is one service calling another.'],
  ['Break', 'Inject a fault there, small and for a set time.'],
  ['Watch', 'See who upstream feels it. Stop it whenever you like.'],
  ['Prove', 'Read what changed: before, during, after.'],
] as const;

function worstEdges(world: World): readonly WorldEdge[] {
  return rankWorstEdges(world).slice(0, SHOWN);
}

function faultedEdges(world: World): readonly WorldEdge[] {
  return [...world.edges.values()].filter((edge) => faultOn(world.faults, edge.key) !== null);
}

/** What the side panel says while nothing is selected: what to do here, and where to look first. */
export function OverviewPanel() {
  const worst = useWorld(worstEdges, sameEdges);
  const faulted = useWorld(faultedEdges, sameEdges);
  return (
    <>
      <header className={edgeClasses.header}>
        <h2 className={edgeClasses.title} tabIndex={-1} id="details-title">
          What would break?
        </h2>
      </header>
      <div className={edgeClasses.body}>
        <ol className={classes.steps}>
          {STEPS.map(([title, text]) => (
            <li key={title}>
              <strong>{title}</strong> {text}
            </li>
          ))}
        </ol>
        {faulted.length > 0 && <EdgeList title={`Faulted now (${faulted.length})`} edges={faulted} empty="" />}
        <EdgeList title="Worst edges" edges={worst} empty="No edges yet." />
      </div>
    </>
  );
}
