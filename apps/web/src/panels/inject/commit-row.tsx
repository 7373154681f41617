import { Button } from '@mantine/core';
import { useId } from 'react';
import { ActionError } from '../action/action-error.js';
import classes from './inject-form.module.css';

interface CommitRowProps {
  /** Exactly what the button will do, for the person about to press it; null while it can do nothing. */
  readonly sentence: string | null;
  readonly action: string;
  readonly pending: boolean;
  /** Why the button is off; null when it is on. */
  readonly whyNot: string | null;
  readonly error: unknown;
}

/** The end of every form that starts faults: what will happen, the button that does it, and why it is off or failed. */
export function CommitRow({ sentence, action, pending, whyNot, error }: CommitRowProps) {
  const id = useId();
  return (
    <div className={classes.commit}>
      {sentence !== null && <p className={classes.sentence}>{sentence}</p>}
      <Button type="submit" color="fault" fullWidth size="md" loading={pending} aria-disabled={whyNot !== null} {...(whyNot !== null && { 'data-disabled': true })} aria-describedby={id}>
        {action}
      </Button>
      <p id={id} className={classes.whyNot}>
        {whyNot}
      </p>
      <ActionError error={error} />
    </div>
  );
}
