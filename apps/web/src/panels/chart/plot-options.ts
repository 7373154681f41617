import type uPlot from 'uplot';
import { PALETTE } from '../../model/palette.js';
import { isolatedIndices } from './points.js';

export interface ChartLine {
  readonly label: string;
  readonly colour: string;
  /** Dashes tell lines apart without colour. */
  readonly dash?: readonly number[];
  readonly filled?: boolean;
}

export interface ChartShade {
  readonly fromSec: number;
  readonly toSec: number;
  readonly colour: string;
}

export interface PlotDesign {
  readonly lines: readonly ChartLine[];
  readonly shades: readonly ChartShade[];
  readonly heightPx: number;
  /** The top of the scale is never below this, so that noise does not look like an event. */
  readonly leastTop: number;
  /** Without it the chart borrows the times of the one above. */
  readonly showTimes: boolean;
  readonly format: (value: number) => string;
  readonly onPoint: (index: number | null) => void;
}

const FONT = '11px Inter, ui-sans-serif, system-ui, sans-serif';
const Y_AXIS_PX = 52;
// A line should not touch the top.
const ROOM_ABOVE = 1.15;
const GRID = { stroke: PALETTE.rule, width: 1 };

export function plotOptions({ lines, shades, heightPx, leastTop, showTimes, format, onPoint }: PlotDesign): Omit<uPlot.Options, 'width'> {
  return {
    height: heightPx,
    // The right end leaves room for half of a time; without times the bottom leaves room for half of the zero.
    padding: [6, 16, showTimes ? 0 : 7, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 5 } },
    scales: { x: { time: true }, y: { range: (_plot, _low, high) => [0, Math.max(leastTop, (high ?? 0) * ROOM_ABOVE)] } },
    axes: [
      { show: showTimes, stroke: PALETTE.textSecondary, font: FONT, size: 20, gap: 5, grid: { show: false }, ticks: { show: false }, space: 56, values: (_plot, secs) => secs.map(minuteText) },
      { stroke: PALETTE.textSecondary, font: FONT, size: Y_AXIS_PX, gap: 6, grid: GRID, ticks: { show: false }, space: 20, values: (_plot, values) => values.map((value) => (value === 0 ? '0' : format(value))) },
    ],
    series: [{}, ...lines.map(seriesOf)],
    hooks: { drawClear: [(plot) => shades.forEach((shade) => drawShade(plot, shade))], setCursor: [(plot) => onPoint(plot.cursor.idx ?? null)] },
  };
}

function seriesOf({ label, colour, dash, filled }: ChartLine): uPlot.Series {
  return { label, stroke: colour, width: 1.5, points: { show: true, size: 3, width: 0, fill: colour, filter: (plot, index) => isolatedIndices([...(plot.data[index] ?? [])]) }, ...(dash && { dash: [...dash] }), ...(filled === true && { fill: `${colour}1f` }) };
}

function minuteText(sec: number): string {
  const time = new Date(sec * 1_000);
  const [minutes, seconds] = [time.getMinutes(), time.getSeconds()].map((part) => String(part).padStart(2, '0'));
  return seconds === '00' ? `${time.getHours()}:${minutes}` : `:${minutes}:${seconds}`;
}

function drawShade(plot: uPlot, { fromSec, toSec, colour }: ChartShade): void {
  const { left, top, width, height } = plot.bbox;
  const clamp = (x: number): number => Math.min(left + width, Math.max(left, x));
  const [from, to] = [clamp(plot.valToPos(fromSec, 'x', true)), clamp(plot.valToPos(toSec, 'x', true))];
  plot.ctx.fillStyle = colour;
  plot.ctx.fillRect(from, top, to - from, height);
}
