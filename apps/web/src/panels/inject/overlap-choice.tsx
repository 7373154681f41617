import { useId } from 'react';
import classes from './inject-form.module.css';
import type { Overlap } from './use-fault-form.js';

interface OverlapChoiceProps {
  /** What acts there already. */
  readonly there: string;
  readonly value: Overlap;
  readonly onChange: (overlap: Overlap) => void;
}

const CHOICES = [
  ['refuse', 'Do not start where another acts'],
  ['allow', 'Let them act together'],
] as const;

/** Two faults on one target tell little about either, so meeting must be asked for. */
export function OverlapChoice({ there, value, onChange }: OverlapChoiceProps) {
  const name = useId();
  return (
    <fieldset className={classes.overlap}>
      <legend>{there}</legend>
      {CHOICES.map(([overlap, label]) => (
        <label key={overlap}>
          <input type="radio" name={name} checked={value === overlap} onChange={() => onChange(overlap)} /> {label}
        </label>
      ))}
    </fieldset>
  );
}
