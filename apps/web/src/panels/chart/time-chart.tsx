import 'uplot/dist/uPlot.min.css';
import { useMemo, useState } from 'react';
import type uPlot from 'uplot';
import { formatClock } from '../format/time.js';
import type { ChartLine, ChartShade } from './plot-options.js';
import { plotOptions } from './plot-options.js';
import { lastValue } from './points.js';
import classes from './time-chart.module.css';
import { usePlot } from './use-plot.js';

interface TimeChartProps {
  readonly title: string;
  /** Keep these the same object while they mean the same: a new one rebuilds the plot. */
  readonly lines: readonly ChartLine[];
  readonly shades: readonly ChartShade[];
  /** Seconds first, then one column a line. */
  readonly data: [number[], ...(number | null)[][]];
  readonly format: (value: number | null) => string;
  readonly heightPx?: number;
  readonly leastTop: number;
  readonly showTimes?: boolean;
}

/** Lines over time with the value under the pointer, or the newest, written out beside their names. */
export function TimeChart({ title, lines, shades, data, format, leastTop, heightPx = 92, showTimes = true }: TimeChartProps) {
  const [index, setIndex] = useState<number | null>(null);
  const options = useMemo(() => plotOptions({ lines, shades, heightPx, leastTop, showTimes, format, onPoint: setIndex }), [lines, shades, heightPx, leastTop, showTimes, format]);
  const element = usePlot({ options, data: data as uPlot.AlignedData });
  const values = lines.map((_, i) => (index === null ? lastValue(data[i + 1] ?? []) : (data[i + 1]?.[index] ?? null)));
  const sec = index === null ? undefined : data[0][index];
  return (
    <figure className={classes.chart}>
      <figcaption className={classes.caption}>
        <span className={classes.title}>{title}</span>
        {sec !== undefined && <span className={classes.time}>{formatClock(new Date(sec * 1_000).toISOString())}</span>}
        {lines.map((line, i) => (
          <span key={line.label} className={classes.reading}>
            {lines.length > 1 && <LineKey line={line} />}
            <strong>{format(values[i] ?? null)}</strong>
          </span>
        ))}
      </figcaption>
      <div ref={element} role="img" aria-label={chartText(title, lines, data, format)} />
    </figure>
  );
}

function LineKey({ line }: { readonly line: ChartLine }) {
  return (
    <>
      <svg width="14" height="8" aria-hidden="true">
        <line x1="0" y1="4" x2="14" y2="4" stroke={line.colour} strokeWidth="2" strokeDasharray={line.dash?.join(' ')} />
      </svg>
      {line.label}
    </>
  );
}

function chartText(title: string, lines: readonly ChartLine[], data: TimeChartProps['data'], format: TimeChartProps['format']): string {
  const parts = lines.map(({ label }, i) => {
    const known = (data[i + 1] ?? []).filter((value) => value !== null);
    return known.length === 0 ? `${label}: no data` : `${label}: lowest ${format(Math.min(...known))}, highest ${format(Math.max(...known))}, last ${format(lastValue(known))}`;
  });
  return `${title}. ${parts.join('; ')}.`;
}
