import { Button, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { ActionError } from '../action/action-error.js';
import classes from './halt-button.module.css';
import type { useHaltEverything } from './use-halt-everything.js';

interface HaltConfirmProps {
  readonly halt: ReturnType<typeof useHaltEverything>;
  readonly onDone: () => void;
}

/** The way to halt without holding, with room for a reason. */
export function HaltConfirm({ halt, onDone }: HaltConfirmProps) {
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    halt.mutate(reason.trim(), { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} aria-label="Halt everything">
      <p className={classes.question}>Halt everything?</p>
      <p className={classes.consequence}>Every fault ends now, and none can start until an admin resumes. Traffic itself is not touched. Next time, hold the button or the key h for 0.6&nbsp;s.</p>
      <TextInput label="Reason (optional)" value={reason} maxLength={500} onChange={(event) => setReason(event.currentTarget.value)} />
      <ActionError error={halt.error} />
      <div className={classes.choices}>
        <Button variant="default" onClick={() => (halt.reset(), onDone())}>
          Cancel
        </Button>
        <Button type="submit" color="halt" loading={halt.isPending} data-autofocus>
          Halt everything
        </Button>
      </div>
    </form>
  );
}
