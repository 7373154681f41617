import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import type { World, WorldEdge } from '../../model/world.js';
import { ComparisonCard } from '../comparison/comparison-card.js';
import { FaultCard } from '../fault/fault-card.js';
import { InjectForm } from '../inject/inject-form.js';
import { faultsOn, unleasedOn } from '../world/faults-on-edge.js';
import { sameItems } from '../world/same-items.js';
import { useWorld } from '../world/use-world.js';
import { EarlierFaults } from './earlier-faults.js';
import { EdgeCharts } from './edge-charts.js';
import { EdgeHeader } from './edge-header.js';
import { EdgeNumbers } from './edge-numbers.js';
import classes from './edge-panel.module.css';
import { UnleasedCard } from './unleased-card.js';
import { useShownComparison } from './use-shown-comparison.js';

/** Everything about one edge: what crosses it, the faults on it or the way to inject one, and what the last one did. */
export function EdgePanel({ edge }: { readonly edge: WorldEdge }) {
  const faults = useWorld(useCallback((world: World) => faultsOn(world.faults, edge.key), [edge.key]), sameItems);
  const unleased = useWorld(useCallback((world: World) => unleasedOn(world.unleased, edge.key), [edge.key]), sameItems);
  const comparison = useShownComparison(edge);
  const queries = useQueryClient();
  const faultIds = faults.map(({ id }) => id).join();
  // A fault that begins or ends changes the lists of faults.
  useEffect(() => void queries.invalidateQueries({ queryKey: ['faults'] }), [queries, faultIds]);
  const first = faults[0] ?? null;
  const form = <InjectForm edge={edge} faultsThere={faults.length} toxicsThere={unleased.length} onInjected={comparison.reset} />;
  return (
    <>
      <EdgeHeader edge={edge} />
      <div className={classes.body}>
        {faults.map((fault) => (
          <FaultCard key={fault.id} fault={fault} edge={edge} />
        ))}
        {unleased.length > 0 && <UnleasedCard unleased={unleased} />}
        <EdgeNumbers edge={edge} />
        {first === null && comparison.fault !== null && <ComparisonCard fault={comparison.fault} onClose={comparison.close} />}
        <EdgeCharts edge={edge} fault={first ?? comparison.fault} tall={first !== null} />
        {first === null ? (
          form
        ) : (
          <details className={classes.injectMore}>
            <summary>Inject another fault here</summary>
            {form}
          </details>
        )}
        <EarlierFaults edge={edge} onOpen={comparison.open} />
      </div>
    </>
  );
}
