import type uPlot from 'uplot';
import { PALETTE } from '../../model/palette.js';
import type { ChartLine, ChartShade } from '../chart/plot-options.js';
import { isolatedIndices } from '../chart/points.js';
import { timeTexts, valueBounds, valueTexts } from './axis-text.js';
import { SHORTEST_SEC } from './time-range.js';

export interface SeriesPlotDesign {
  readonly lines: readonly ChartLine[];
  readonly shades: readonly ChartShade[];
  readonly heightPx: number;
  readonly onReady: (plot: uPlot) => void;
  readonly onPoint: (index: number | null) => void;
  /** The line that is nearest to the pointer. */
  readonly onNear: (line: number | null) => void;
  readonly onZoom: (fromSec: number, toSec: number) => void;
}

const FONT = '11.5px Inter, ui-sans-serif, system-ui, sans-serif';
const GRID = { stroke: PALETTE.rule, width: 1 };
// 10 px around a line belong to it.
const NEAR_PX = 10;
const CHARACTER_PX = 6.6;
const LEAST_AXIS_PX = 40;
const LEAST_DRAG_PX = 5;

/** Lines over time: dragging over the chart zooms in, the line under the pointer stands out. */
export function seriesPlotOptions({ lines, shades, heightPx, onReady, onPoint, onNear, onZoom }: SeriesPlotDesign): Omit<uPlot.Options, 'width'> {
  return {
    height: heightPx,
    padding: [10, 18, 0, 0],
    legend: { show: false },
    focus: { alpha: 0.18 },
    cursor: { y: false, focus: { prox: NEAR_PX }, drag: { x: true, y: false, setScale: false }, points: { size: 6 } },
    scales: { x: { time: true, range: (_plot, low, high) => [low, high > low ? high : low + SHORTEST_SEC] }, y: { range: (_plot, low, high) => valueBounds(low, high) } },
    axes: [
      { stroke: PALETTE.textSecondary, font: FONT, size: 26, gap: 6, grid: { show: false }, ticks: { show: false }, space: 70, values: (...asked) => [...timeTexts(asked[1], asked[4])] },
      { stroke: PALETTE.textSecondary, font: FONT, size: axisWidth, gap: 8, grid: GRID, ticks: { show: false }, space: 34, values: (_plot, values) => [...valueTexts(values)] },
    ],
    series: [{}, ...lines.map(seriesOf)],
    hooks: {
      ready: [onReady],
      drawClear: [(plot) => shades.forEach((shade) => drawShade(plot, shade))],
      setCursor: [(plot) => onPoint(plot.cursor.idx ?? null)],
      setSeries: [(_plot, index) => onNear(index === null || index === 0 ? null : index - 1)],
      setSelect: [(plot) => zoomInto(plot, onZoom)],
    },
  };
}

function seriesOf({ label, colour, dash }: ChartLine): uPlot.Series {
  const points: uPlot.Series.Points = { show: true, size: 4, width: 0, fill: colour, filter: (plot, index) => isolatedIndices([...(plot.data[index] ?? [])]) };
  return { label, stroke: colour, width: 1.5, points, ...(dash && { dash: [...dash] }) };
}

function axisWidth(_plot: uPlot, values: string[] | null): number {
  return Math.max(LEAST_AXIS_PX, Math.max(0, ...(values ?? []).map(({ length }) => length)) * CHARACTER_PX + 16);
}

function zoomInto(plot: uPlot, onZoom: SeriesPlotDesign['onZoom']): void {
  const { left, width } = plot.select;
  if (width === 0) return;
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  if (width >= LEAST_DRAG_PX) onZoom(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
}

function drawShade(plot: uPlot, { fromSec, toSec, colour }: ChartShade): void {
  const { left, top, width, height } = plot.bbox;
  const clamp = (x: number): number => Math.min(left + width, Math.max(left, x));
  const [from, to] = [clamp(plot.valToPos(fromSec, 'x', true)), clamp(plot.valToPos(toSec, 'x', true))];
  plot.ctx.fillStyle = colour;
  plot.ctx.fillRect(from, top, Math.max(1, to - from), height);
}
