import type { EdgeComparison } from '#contracts';
import type { ChartShade } from '../chart/plot-options.js';
import { ComparisonCharts } from './comparison-charts.js';
import classes from './comparison.module.css';
import { distanceText, gravestVerdict } from './comparison-summary.js';
import { MetricTable } from './metric-table.js';
import { VerdictChip } from './verdict-chip.js';

interface EdgeSectionProps {
  readonly comparison: EdgeComparison;
  readonly shades: readonly ChartShade[];
  readonly open: boolean;
}

/** One edge of the comparison: its gravest verdict on the closed line, the whole of it when open. */
export function EdgeSection({ comparison, shades, open }: EdgeSectionProps) {
  const { edge, distance, metrics } = comparison;
  return (
    <details className={classes.edge} open={open}>
      <summary className={classes.edgeHead}>
        <span className={classes.edgeName}>
          {edge.source} → {edge.target}
          <span className={classes.distance}>{distanceText(distance)}</span>
        </span>
        <VerdictChip verdict={gravestVerdict(metrics, 'during')} />
      </summary>
      <div className={classes.edgeBody}>
        <MetricTable comparison={comparison} />
        <ComparisonCharts comparison={comparison} shades={shades} />
      </div>
    </details>
  );
}
