import type { ComparedMetric, EdgeComparison, MetricComparison, Shift } from '#contracts';
import classes from './comparison.module.css';
import { unclearReasons } from './comparison-summary.js';
import { METRIC_TEXT, shiftText } from './metric-text.js';
import { VerdictChip } from './verdict-chip.js';

/** Before, during and after of one edge: each value, its shift against before with the 95 % interval, and what that proves. */
export function MetricTable({ comparison }: { readonly comparison: EdgeComparison }) {
  const reasons = unclearReasons(comparison.metrics, ({ metric }) => METRIC_TEXT[metric].label);
  return (
    <>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col">Before</th>
            <th scope="col">During</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {comparison.metrics.map((row) => (
            <MetricRow key={row.metric} row={row} />
          ))}
        </tbody>
      </table>
      {reasons.length > 0 && (
        <ul className={classes.reasons} aria-label="Why there is no clearer answer">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function MetricRow({ row }: { readonly row: MetricComparison }) {
  const { label, value } = METRIC_TEXT[row.metric];
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{value(row.values.before)}</td>
      <ShiftCell metric={row.metric} text={value(row.values.during)} shift={row.during} />
      <ShiftCell metric={row.metric} text={value(row.values.after)} shift={row.after} />
    </tr>
  );
}

function ShiftCell({ metric, text, shift }: { readonly metric: ComparedMetric; readonly text: string; readonly shift: Shift }) {
  const moved = shiftText(metric, shift);
  return (
    <td>
      <span className={classes.value}>{text}</span>
      <VerdictChip verdict={shift.verdict} />
      {moved !== null && (
        <span className={classes.shift}>
          <span>{moved.shift}</span> {moved.interval !== null && <span className={classes.interval}>{moved.interval}</span>}
        </span>
      )}
    </td>
  );
}
