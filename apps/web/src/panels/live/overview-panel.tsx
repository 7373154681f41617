import { Link } from '@tanstack/react-router';
import { faultedEdges } from '../../model/faulted-edges.js';
import { rankWorstEdges } from '../../model/find-edges.js';
import type { World, WorldEdge } from '../../model/world.js';
import edgeClasses from '../edge/edge-panel.module.css';
import { useLiveSearch } from '../selection/use-live-search.js';
import { sameItems } from '../world/same-items.js';
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

function edgesWithFaults(world: World): readonly WorldEdge[] {
  return [...faultedEdges(world).keys()].flatMap((id) => world.edges.get(id) ?? []);
}

/** What the side panel says while nothing is selected: what to do here, and where to look first. */
export function OverviewPanel() {
  const { search } = useLiveSearch();
  const worst = useWorld(worstEdges, sameItems);
  const faulted = useWorld(edgesWithFaults, sameItems);
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
        <p className={edgeClasses.manyLinks}>
          <Link to="/live" search={{ ...search, many: 'yes' }}>
            Select many edges
          </Link>
        </p>
        {faulted.length > 0 && <EdgeList title={`Faulted now (${faulted.length})`} edges={faulted} empty="" />}
        <EdgeList title="Worst edges" edges={worst} empty="No edges yet." />
      </div>
    </>
  );
}
