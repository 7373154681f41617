import { useMemo } from 'react';
import type { EdgeComparison } from '#contracts';
import { PALETTE } from '../../model/palette.js';
import type { ChartLine, ChartShade } from '../chart/plot-options.js';
import { chartColumns, pointOfRecord } from '../chart/points.js';
import { TimeChart } from '../chart/time-chart.js';
import { formatMs, formatShare } from '../format/number.js';
import classes from './comparison.module.css';

const LATENCY: readonly ChartLine[] = [
  { label: 'p50', colour: '#A9C4D6', dash: [2, 3] },
  { label: 'p95', colour: PALETTE.healthy },
];
const FAILURES: readonly ChartLine[] = [{ label: 'share', colour: PALETTE.failing, filled: true }];

interface ComparisonChartsProps {
  readonly comparison: EdgeComparison;
  readonly shades: readonly ChartShade[];
}

/** The recorded seconds of one edge over all three phases; violet is where the fault acted. */
export function ComparisonCharts({ comparison, shades }: ComparisonChartsProps) {
  const points = useMemo(() => comparison.series.map(pointOfRecord), [comparison.series]);
  const span = useMemo(() => ({ fromSec: points[0]?.sec ?? 0, toSec: (points.at(-1)?.sec ?? -1) + 1 }), [points]);
  const latency = useMemo(() => chartColumns(points, ['p50Ms', 'p95Ms'], span), [points, span]);
  const failures = useMemo(() => chartColumns(points, ['failureRatio'], span), [points, span]);
  if (points.length === 0) return null;
  return (
    <div className={classes.charts}>
      <TimeChart title="Latency" lines={LATENCY} shades={shades} data={latency} format={formatMs} leastTop={1} heightPx={84} />
      <TimeChart title="Failures" lines={FAILURES} shades={shades} data={failures} format={formatShare} leastTop={0.05} heightPx={84} />
    </div>
  );
}
