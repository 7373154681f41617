import { Skeleton } from '@mantine/core';
import { useMemo } from 'react';
import type { ComparisonView } from '#contracts';
import { ActionError } from '../action/action-error.js';
import { useLive } from '../world/world-context.js';
import classes from './comparison.module.css';
import { biteText, spreadText } from './comparison-summary.js';
import { EdgeSection } from './edge-section.js';
import { phaseShades } from './phase-shades.js';
import { isComplete, useComparison } from './use-comparison.js';

/** What a fault did: whether it bit, how far the harm went, and the numbers of each edge by distance. */
export function ComparisonOf({ faultId }: { readonly faultId: string }) {
  const comparison = useComparison(faultId);
  if (comparison.data === undefined) {
    return comparison.error === null ? <Skeleton height={220} radius="md" aria-label="Reading the comparison" /> : <ActionError error={comparison.error} />;
  }
  return <ComparisonBody view={comparison.data} />;
}

function ComparisonBody({ view }: { readonly view: ComparisonView }) {
  const shades = useMemo(() => phaseShades(view.windows), [view.windows]);
  const edges = useMemo(() => [...view.edges].sort((a, b) => a.distance - b.distance), [view.edges]);
  return (
    <div className={classes.comparison}>
      <p className={classes.bite} data-bit={view.bite.faulted > 0 || undefined}>
        {biteText(view.bite)}
      </p>
      <p className={classes.spread}>{spreadText(view)}</p>
      {!isComplete(view) && <FillingNote view={view} />}
      {edges.map((edge) => (
        <EdgeSection key={`${edge.edge.source}>${edge.edge.target}/${edge.edge.protocol}`} comparison={edge} shades={shades} open={edge.distance === 0} />
      ))}
      <p className={classes.footnote}>Shifts are against before, with their 95 % interval. Unshaded seconds lie between the phases and are not tested.</p>
    </div>
  );
}

function FillingNote({ view }: { readonly view: ComparisonView }) {
  const { clock } = useLive();
  const { after } = view.windows;
  const leftSec = after === null ? null : Math.max(0, Math.ceil(after.toSec - clock.nowMs() / 1_000));
  return (
    <p className={classes.filling} role="status">
      <span className={classes.spinner} aria-hidden="true" />
      “After” is still filling{leftSec !== null && leftSec > 0 && `, about ${leftSec} s to go`}. These numbers refresh by themselves.
    </p>
  );
}
