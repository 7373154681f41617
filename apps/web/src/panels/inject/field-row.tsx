import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useId } from 'react';
import classes from './inject-form.module.css';

interface FieldRowProps {
  readonly label: string;
  readonly range: string;
  /** Instead of the range, which is then read to screen readers only. */
  readonly choices?: ReactNode;
  /** What the number means; shown by the tooltip and read to screen readers. */
  readonly description: string;
  readonly unit: string;
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (text: string) => void;
}

/** A labelled number with its unit; what is wrong with it appears under it at once. */
export function FieldRow({ label, range, choices, description, unit, value, problem, onChange }: FieldRowProps) {
  const id = useId();
  return (
    <div className={classes.field} title={description}>
      <label htmlFor={id} className={classes.fieldLabel}>
        {label}
      </label>
      <span id={`${id}-range`} className={classes.range} hidden={choices !== undefined}>
        {range}
        <VisuallyHidden>. {description}</VisuallyHidden>
      </span>
      {choices}
      <span className={classes.inputBox} data-invalid={problem !== undefined || undefined}>
        <input
          id={id}
          className={classes.input}
          inputMode="decimal"
          autoComplete="off"
          value={value}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-range ${id}-problem`}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        {unit !== '' && <span className={classes.unit}>{unit}</span>}
      </span>
      <span id={`${id}-problem`} className={classes.problem} aria-live="polite">
        {problem}
      </span>
    </div>
  );
}
