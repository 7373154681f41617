import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import type { World, WorldEdge } from '../../model/world.js';
import { ComparisonCard } from '../comparison/comparison-card.js';
import { FaultCard } from '../fault/fault-card.js';
import { InjectForm } from '../inject/inject-form.js';
import { faultOn } from '../world/faults-on-edge.js';
import { useWorld } from '../world/use-world.js';
import { EarlierFaults } from './earlier-faults.js';
import { EdgeCharts } from './edge-charts.js';
import { EdgeHeader } from './edge-header.js';
import { EdgeNumbers } from './edge-numbers.js';
import classes from './edge-panel.module.css';
import { useShownComparison } from './use-shown-comparison.js';

/** Everything about one edge: what crosses it, the fault on it or the way to inject one, and what the last one did. */
export function EdgePanel({ edge }: { readonly edge: WorldEdge }) {
  const fault = useWorld(useCallback((world: World) => faultOn(world.faults, edge.key), [edge.key]));
  const comparison = useShownComparison(edge);
  const queries = useQueryClient();
  const faultId = fault?.id;
  // A fault that begins or ends changes the lists of faults.
  useEffect(() => void queries.invalidateQueries({ queryKey: ['faults'] }), [queries, faultId]);
  return (
    <>
      <EdgeHeader edge={edge} />
      <div className={classes.body}>
        {fault !== null && <FaultCard fault={fault} edge={edge} />}
        <EdgeNumbers edge={edge} />
        {fault === null && comparison.fault !== null && <ComparisonCard fault={comparison.fault} onClose={comparison.close} />}
        <EdgeCharts edge={edge} fault={fault ?? comparison.fault} tall={fault !== null} />
        {fault === null && <InjectForm edge={edge} onInjected={comparison.reset} />}
        <EarlierFaults edge={edge} onOpen={comparison.open} />
      </div>
    </>
  );
}
