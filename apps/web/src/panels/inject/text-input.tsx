import type { ControlProps } from './field-row.js';
import classes from './inject-form.module.css';

interface TextInputProps {
  readonly control: ControlProps;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** A number is typed with this unit behind it. */
  readonly unit?: string;
  readonly numeric?: boolean;
  /** More than one line. */
  readonly long?: boolean;
  readonly placeholder?: string;
  readonly maxLength?: number | null;
}

/** A box to type into, with its unit. */
export function TextInput({ control, value, onChange, unit = '', numeric = false, long = false, placeholder = '', maxLength = null }: TextInputProps) {
  const given = { ...control, value, placeholder, autoComplete: 'off', spellCheck: false, ...(maxLength !== null && { maxLength }) };
  return (
    <span className={classes.inputBox} data-invalid={control['aria-invalid'] || undefined} data-long={long || undefined}>
      {long ? (
        <textarea {...given} className={classes.input} rows={3} onChange={(event) => onChange(event.currentTarget.value)} />
      ) : (
        <input {...given} className={classes.input} data-numeric={numeric || undefined} inputMode={numeric ? 'decimal' : 'text'} onChange={(event) => onChange(event.currentTarget.value)} />
      )}
      {unit !== '' && <span className={classes.unit}>{unit}</span>}
    </span>
  );
}

interface ChoiceInputProps {
  readonly control: ControlProps;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

/** One of a few. */
export function ChoiceInput({ control, value, choices, onChange }: ChoiceInputProps) {
  return (
    <select {...control} className={classes.choice} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}
