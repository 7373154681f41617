import { useMemo } from 'react';
import type { FaultView } from '#contracts';
import { PALETTE } from '../../model/palette.js';
import type { WorldEdge } from '../../model/world.js';
import { faultShades } from '../chart/fault-shades.js';
import type { ChartLine } from '../chart/plot-options.js';
import { chartColumns } from '../chart/points.js';
import { TimeChart } from '../chart/time-chart.js';
import { formatMs, formatRate, formatShare } from '../format/number.js';
import { useWorld } from '../world/use-world.js';
import classes from './edge-panel.module.css';
import { SHOWN_SEC, useEdgePoints } from './use-edge-points.js';

const RATE: readonly ChartLine[] = [{ label: 'requests', colour: PALETTE.healthy, filled: true }];
const FAILURES: readonly ChartLine[] = [{ label: 'share', colour: PALETTE.failing, filled: true }];
const LATENCY: readonly ChartLine[] = [
  { label: 'p50', colour: '#A9C4D6', dash: [2, 3] },
  { label: 'p95', colour: '#6FA8CF', dash: [6, 3] },
  { label: 'p99', colour: PALETTE.healthy },
];

interface EdgeChartsProps {
  readonly edge: WorldEdge;
  /** The fault whose time is shaded. */
  readonly fault: FaultView | null;
  /** Nothing else needs the room. */
  readonly tall: boolean;
}

/** The last five minutes of one edge. */
export function EdgeCharts({ edge, fault, tall }: EdgeChartsProps) {
  const points = useEdgePoints(edge);
  const throughSec = useWorld((world) => world.throughSec);
  const shades = useMemo(() => faultShades(fault), [fault]);
  const span = useMemo(() => ({ fromSec: throughSec - SHOWN_SEC + 1, toSec: throughSec + 1 }), [throughSec]);
  const rate = useMemo(() => chartColumns(points, ['requestsPerSec'], span), [points, span]);
  const failures = useMemo(() => chartColumns(points, ['failureRatio'], span), [points, span]);
  const latency = useMemo(() => chartColumns(points, ['p50Ms', 'p95Ms', 'p99Ms'], span), [points, span]);
  return (
    <section className={classes.charts} aria-label="Last five minutes">
      <TimeChart title="Latency" lines={LATENCY} shades={shades} data={latency} format={formatMs} leastTop={1} heightPx={tall ? 150 : 92} />
      <div className={classes.chartPair}>
        <TimeChart title="Requests" lines={RATE} shades={shades} data={rate} format={formatRate} leastTop={1} heightPx={tall ? 96 : 52} showTimes={tall} />
        <TimeChart title="Failures" lines={FAILURES} shades={shades} data={failures} format={formatShare} leastTop={0.05} heightPx={tall ? 96 : 52} showTimes={tall} />
      </div>
    </section>
  );
}
