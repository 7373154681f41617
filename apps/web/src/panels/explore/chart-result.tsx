import { useMemo, useState } from 'react';
import type { RangeSeries } from '../../api/prometheus-api.js';
import { QuietNote } from '../action/quiet-note.js';
import { formatCount } from '../format/number.js';
import type { Grid } from './chart-model.js';
import { MAX_LINES, chartModel } from './chart-model.js';
import classes from './chart-result.module.css';
import { FaultNotes } from './fault-notes.js';
import { SeriesChart } from './series-chart.js';
import { useFaultSpans } from './use-fault-spans.js';
import type { VisibleAnswer } from './visible-answers.js';

interface ChartResultProps {
  readonly answers: readonly VisibleAnswer[];
  readonly onZoom: (fromSec: number, toSec: number) => void;
}

const NOTHING: Grid = { startSec: 0, endSec: 0, stepSec: 1 };

/** All answers in one chart, with the faults that acted meanwhile, and what of the answers it does not show. */
export function ChartResult({ answers, onZoom }: ChartResultProps) {
  const [alone, setAlone] = useState<ReadonlySet<string>>(new Set());
  const grid = answers.at(-1)?.answered.request ?? NOTHING;
  const model = useMemo(() => chartModel(answers.map(({ letter, answered }) => ({ letter: answers.length > 1 ? letter : '', series: rangeSeries(answered.answer.data) })), grid), [answers, grid]);
  const { faults, shades } = useFaultSpans(grid.startSec, grid.endSec);
  const drawn = model.lines.length;
  if (model.total === 0) return <QuietNote title="No series match">There is nothing of that name in this time. Look it up under Metrics, or choose another time.</QuietNote>;
  return (
    <>
      <ul className={classes.notes}>
        {drawn < model.total && <li className={classes.partial}>{`${formatCount(drawn)} of ${formatCount(model.total)} series are drawn, the first ones: more than ${MAX_LINES} cannot be told apart. topk() or sum by () leaves fewer.`}</li>}
        {model.histograms > 0 && <li>Native histograms are drawn as their mean, sum divided by count. histogram_quantile() gives other values; the table shows the buckets.</li>}
        {model.notFinite > 0 && <li>{`${formatCount(model.notFinite)} ${model.notFinite === 1 ? 'point is' : 'points are'} NaN or infinite and not drawn.`}</li>}
      </ul>
      <SeriesChart key={model.lines.map(({ label }) => label).join('\n')} model={model} shades={shades} alone={alone} onAlone={setAlone} onZoom={onZoom} />
      <FaultNotes faults={faults} />
    </>
  );
}

function rangeSeries(data: VisibleAnswer['answered']['answer']['data']): readonly RangeSeries[] {
  return data.resultType === 'matrix' ? data.result : [];
}
