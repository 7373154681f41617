import { AppError } from '#contracts';
import { PrometheusError } from '../../api/prometheus-api.js';
import { answerText } from './answer-text.js';
import classes from './query-notes.module.css';
import type { Run } from './run-store.js';
import { localText } from './time-range.js';

/** Below a query: what it gave, and everything that the server remarked, word for word. */
export function QueryNotes({ run, edited }: { readonly run: Run | undefined; readonly edited: boolean }) {
  if (run === undefined) return null;
  const { state, answered, error } = run;
  return (
    <div className={classes.notes}>
      {state === 'failed' && <Failure error={error} />}
      {state === 'answered' && answered !== null && <p className={classes.size}>{answerText(answered)}</p>}
      {state === 'running' && <p className={classes.size}>Running …</p>}
      {state === 'cancelled' && <p className={classes.size}>Cancelled before it answered.</p>}
      {edited && <p className={classes.size}>Changed since: run it to see what it gives now.</p>}
      {(state === 'failed' || state === 'cancelled') && answered !== null && <p className={classes.size}>Shown is the answer for {localText(answered.request.endSec)}.</p>}
      {answered !== null && (
        <>
          <Remarks kind="warning" mark="▲" texts={answered.answer.warnings} />
          <Remarks kind="info" mark="i" texts={answered.answer.infos} />
        </>
      )}
    </div>
  );
}

const WHAT_TO_DO: Readonly<Record<string, string>> = {
  timeout: 'Ask for fewer series, a shorter range or a greater step.',
  unavailable: 'This can pass by itself: run it again.',
};

function Failure({ error }: { readonly error: unknown }) {
  const type = error instanceof PrometheusError ? error.type : null;
  const message = error instanceof Error ? error.message : 'Something failed in this page. Reload it.';
  const advice = type === null ? error instanceof AppError && 'This can pass by itself: run it again.' : WHAT_TO_DO[type];
  return (
    <p className={classes.failure} role="alert">
      <span className={classes.message}>{message}</span>
      {advice !== undefined && advice !== false && <span> {advice}</span>}
      {type !== null && <span className={classes.type}>{type}</span>}
    </p>
  );
}

interface RemarksProps {
  readonly kind: 'warning' | 'info';
  readonly mark: string;
  readonly texts: readonly string[];
}

function Remarks({ kind, mark, texts }: RemarksProps) {
  if (texts.length === 0) return null;
  return (
    <ul className={classes.remarks} data-kind={kind} aria-label={kind === 'warning' ? 'Warnings' : 'Infos'}>
      {texts.map((text) => (
        <li key={text}>
          <span className={classes.mark} aria-hidden="true">
            {mark}
          </span>
          {text}
        </li>
      ))}
    </ul>
  );
}
