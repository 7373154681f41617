import type { ReactNode } from 'react';
import { useId } from 'react';
import classes from './inject-form.module.css';

/** What ties a control to its label, its help and its problem. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string;
}

interface FieldRowProps {
  readonly label: string;
  /** What it means, and what may be entered. */
  readonly help: ReactNode;
  readonly problem: string | undefined;
  /** Under its label rather than beside it, over the whole width. */
  readonly wide?: boolean;
  readonly children: (control: ControlProps) => ReactNode;
}

/** A labelled control with its help; what is wrong with it appears under it at once. */
export function FieldRow({ label, help, problem, wide = false, children }: FieldRowProps) {
  const id = useId();
  return (
    <div className={classes.field} data-wide={wide || undefined}>
      <label htmlFor={id} className={classes.fieldLabel}>
        {label}
      </label>
      <span id={`${id}-help`} className={classes.help}>
        {help}
      </span>
      <div className={classes.control}>{children({ id, 'aria-invalid': problem !== undefined, 'aria-describedby': `${id}-help ${id}-problem` })}</div>
      <span id={`${id}-problem`} className={classes.problem} aria-live="polite">
        {problem}
      </span>
    </div>
  );
}
