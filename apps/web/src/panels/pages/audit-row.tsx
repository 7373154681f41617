import type { AuditRowView } from '#contracts';
import { formatMoment } from '../format/time.js';
import classes from './page.module.css';

const SHOWN_HASH_DIGITS = 10;
const OUTCOME_MARK: Readonly<Record<AuditRowView['outcome'], string>> = { done: '✓ done', denied: '◆ denied', failed: '◆ failed' };

export function AuditRow({ row }: { readonly row: AuditRowView }) {
  const details = detailsText(row.details);
  return (
    <tr>
      <td className={classes.nowrap}>{formatMoment(row.at)}</td>
      <th scope="row">{row.actor}</th>
      <td>{row.action}</td>
      <td>
        {row.subject}
        {details !== '' && <span className={classes.sub}>{details}</span>}
      </td>
      <td className={classes.nowrap}>{OUTCOME_MARK[row.outcome]}</td>
      <td className={classes.mono} title={`hash ${row.hash}, over the row and ${row.previousHash}`}>
        {row.hash.slice(0, SHOWN_HASH_DIGITS)}
      </td>
    </tr>
  );
}

/** Details are free-form; an empty object says nothing. */
function detailsText(details: unknown): string {
  const text = JSON.stringify(details) ?? '';
  return ['', '{}', 'null', '""'].includes(text) ? '' : text;
}
