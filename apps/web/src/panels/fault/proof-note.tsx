import type { FaultView } from '#contracts';
import classes from './proof-note.module.css';
import { proofText } from './proof-text.js';

/** Whether the fault bites, as a probe through the faulted path found out. */
export function ProofNote({ fault }: { readonly fault: Pick<FaultView, 'proof' | 'state'> }) {
  const said = proofText(fault);
  if (said === null) return null;
  return (
    <p className={classes.proof} data-verdict={said.verdict} {...(said.verdict === 'does-not-bite' && { role: 'alert' })}>
      <strong>{said.head}</strong> {said.text}
      {said.how !== '' && <span className={classes.how}>{said.how}</span>}
    </p>
  );
}
