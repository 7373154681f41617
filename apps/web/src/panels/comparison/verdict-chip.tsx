import type { Verdict } from '#contracts';
import classes from './comparison.module.css';
import { VERDICT_TEXT } from './metric-text.js';

// Each verdict has its own shape, so that colour is never the only difference.
const SHAPE: Readonly<Record<Verdict, string>> = { DEGRADED: '◆', IMPROVED: '✓', NO_MATERIAL_CHANGE: '=', INCONCLUSIVE: '?', NO_DATA: '∅' };

export function VerdictChip({ verdict }: { readonly verdict: Verdict }) {
  return (
    <span className={classes.chip} data-verdict={verdict}>
      <span aria-hidden="true">{SHAPE[verdict]}</span> {VERDICT_TEXT[verdict]}
    </span>
  );
}
