import { useQuery } from '@tanstack/react-query';
import { FAULTS, summarizeFault } from '#faults';
import { listFaults } from '../../api/faults.js';
import type { WorldEdge } from '../../model/world.js';
import { formatAgo } from '../format/time.js';
import { faultsOn } from '../world/faults-on-edge.js';
import { useLive } from '../world/world-context.js';
import classes from './edge-panel.module.css';

const SHOWN = 5;

interface EarlierFaultsProps {
  readonly edge: WorldEdge;
  readonly onOpen: (faultId: string) => void;
}

/** Faults that acted on this edge before, each a way to its comparison. */
export function EarlierFaults({ edge, onOpen }: EarlierFaultsProps) {
  const { clock } = useLive();
  const ended = useQuery({ queryKey: ['faults', 'ended'], queryFn: () => listFaults('ended') });
  const here = faultsOn(ended.data ?? [], edge.key).filter(({ appliedAt }) => appliedAt !== null).slice(0, SHOWN);
  if (here.length === 0) return null;
  return (
    <section className={classes.earlier} aria-labelledby="earlier-title">
      <h3 id="earlier-title">Earlier faults on this edge</h3>
      <ul>
        {here.map((fault) => (
          <li key={fault.id}>
            <button type="button" className={classes.earlierLink} onClick={() => onOpen(fault.id)}>
              {FAULTS[fault.spec.kind].title} {summarizeFault(fault.spec)}
              <span>{formatAgo(Date.parse(fault.createdAt), clock.nowMs())}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
