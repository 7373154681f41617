import { targetText } from '#contracts';
import type { PreviewView } from '#contracts';
import { ActionError } from '../action/action-error.js';
import { targetName } from '../fault/target-name.js';
import { formatCount, formatRate } from '../format/number.js';
import classes from './many.module.css';
import { crossingText, pickedText } from './preview-text.js';

interface PreviewListProps {
  readonly preview: PreviewView | null;
  readonly what: 'edges' | 'hosts';
  readonly error: unknown;
  /** There is nothing to ask for yet. */
  readonly waiting: boolean;
}

/** What would be hit if it started now. */
export function PreviewList({ preview, what, error, waiting }: PreviewListProps) {
  return (
    <section className={classes.preview} aria-label="Preview" aria-busy={preview === null && !waiting}>
      <h3>What would be hit now</h3>
      <ActionError error={error} />
      {preview === null ? (
        <p className={classes.dim}>{waiting ? 'Shown once all fields are right.' : error === null && 'Asking the server…'}</p>
      ) : (
        <>
          {/* Rates change all the time; only what is picked is news to a reader. */}
          <p>
            <strong aria-live="polite">{pickedText(preview, what)}.</strong> {crossingText(preview)}
          </p>
          {preview.rounding !== '' && <p className={classes.dim}>{upperFirst(preview.rounding)}.</p>}
          {/* A list that scrolls must be reachable by keyboard. */}
          <ul className={classes.picked} tabIndex={0} aria-label="Picked">
            {preview.picked.map(({ target, requestsPerSec, connections, refusal }) => (
              <li key={targetText(target)} data-refused={refusal !== null || undefined}>
                <span>{targetName(target)}</span>
                <span className={classes.dim}>
                  {requestsPerSec !== null && formatRate(requestsPerSec)}
                  {connections !== null && `, ${formatCount(connections)} conn.`}
                </span>
                {refusal !== null && <span className={classes.refusal}>◆ {refusal}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function upperFirst(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
