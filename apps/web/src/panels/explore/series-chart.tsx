import 'uplot/dist/uPlot.min.css';
import { useEffect, useMemo, useState } from 'react';
import type uPlot from 'uplot';
import type { ChartLine, ChartShade } from '../chart/plot-options.js';
import { usePlot } from '../chart/use-plot.js';
import { ChartLegend } from './chart-legend.js';
import type { ChartModel } from './chart-model.js';
import { PlotLink } from './plot-link.js';
import { readingText } from './reading-text.js';
import classes from './series-chart.module.css';
import { seriesPlotOptions } from './series-plot-options.js';
import { localText } from './time-range.js';

interface SeriesChartProps {
  readonly model: ChartModel;
  readonly shades: readonly ChartShade[];
  /** Shown alone, by `lineKey`; none: all are shown. */
  readonly alone: ReadonlySet<string>;
  readonly onAlone: (alone: ReadonlySet<string>) => void;
  readonly onZoom: (fromSec: number, toSec: number) => void;
}

// Of the window, so that names and chart are seen together on a small screen.
const HEIGHT_SHARE = 0.42;
const [LEAST_PX, MOST_PX] = [220, 460];

/** Remount it (by `key`) when the lines are others: a plot is made for its lines. */
export function SeriesChart({ model, shades, alone, onAlone, onZoom }: SeriesChartProps) {
  const { data, lines, groups } = model;
  const [index, setIndex] = useState<number | null>(null);
  const [near, setNear] = useState<number | null>(null);
  const [heightPx] = useState(() => Math.round(Math.min(MOST_PX, Math.max(LEAST_PX, window.innerHeight * HEIGHT_SHARE))));
  const [link] = useState(() => new PlotLink());
  useEffect(() => link.listen(onZoom));
  const keys = useMemo(() => lineKeys(model), [model]);
  const lookText = JSON.stringify(lines);
  const options = useMemo(
    () => seriesPlotOptions({ lines: JSON.parse(lookText) as ChartLine[], shades, heightPx, onReady: link.attach, onPoint: setIndex, onNear: setNear, onZoom: link.zoom }),
    [lookText, shades, heightPx, link],
  );
  const element = usePlot({ options, data: data as uPlot.AlignedData });

  // What was chosen among other lines says nothing about these.
  const chosen = useMemo(() => new Set(keys.filter((key) => alone.has(key))), [keys, alone]);
  const shownText = JSON.stringify(keys.map((key) => chosen.size === 0 || chosen.has(key)));
  useEffect(() => link.show(JSON.parse(shownText) as boolean[]), [link, shownText, options]);

  const sec = index === null ? undefined : data[0][index];
  const nearest = near === null ? undefined : lines[near];
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption} aria-hidden="true">
        {sec !== undefined && <span>{localText(sec)}</span>}
        {sec !== undefined && near !== null && nearest !== undefined && (
          <>
            <span className={classes.nearest}>{nearest.label}</span>
            <strong>{readingText(data[near + 1], index)}</strong>
          </>
        )}
        {sec === undefined && <span className={classes.hint}>Drag to zoom in. Click a name to see it alone; with Ctrl or Cmd to see several.</span>}
      </figcaption>
      <div ref={element} role="img" aria-label={chartSummary(model)} className={classes.plot} />
      <ChartLegend groups={groups} lines={lines} keys={keys} data={data} index={index} near={near} alone={chosen} onAlone={onAlone} onPoint={(line) => link.bringOut(line)} />
    </figure>
  );
}

/** One text a line that stays the same from answer to answer. */
function lineKeys({ groups, lines }: ChartModel): readonly string[] {
  return groups.flatMap(({ letter, from, count }) => lines.slice(from, from + count).map(({ label }) => `${letter}|${label}`));
}

function chartSummary({ data: [secs], lines }: ChartModel): string {
  const [first, last] = [secs[0] ?? 0, secs.at(-1) ?? 0];
  return `${lines.length} series from ${localText(first)} to ${localText(last)}. Their values are in the list below, and in the table.`;
}
