import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { resume } from '../../api/halt.js';
import { ActionError } from '../action/action-error.js';
import classes from './halt-banner.module.css';

/** Lets faults start again; the reason goes into the audit. */
export function ResumeForm() {
  const [reason, setReason] = useState('');
  const queries = useQueryClient();
  const resuming = useMutation({ mutationFn: resume, onSuccess: () => queries.invalidateQueries({ queryKey: ['halt'] }) });
  const missing = reason.trim() === '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!missing) resuming.mutate(reason.trim());
  };
  return (
    <form className={classes.resume} onSubmit={submit}>
      <TextInput aria-label="Reason to resume" placeholder="Why is it safe to resume?" required maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} className={classes.reason} />
      <Button type="submit" variant="white" color="dark" loading={resuming.isPending} disabled={missing}>
        Resume
      </Button>
      <ActionError error={resuming.error} />
    </form>
  );
}
