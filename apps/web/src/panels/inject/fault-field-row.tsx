import type { FaultField } from './fault-fields.js';
import { rangeText } from './fault-fields.js';
import type { ControlProps } from './field-row.js';
import { FieldRow } from './field-row.js';
import classes from './inject-form.module.css';
import { ChoiceInput, TextInput } from './text-input.js';

interface FaultFieldRowProps {
  readonly field: FaultField;
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (text: string) => void;
}

/** The control that fits a parameter. */
export function FaultFieldRow({ field, value, problem, onChange }: FaultFieldRowProps) {
  const wide = field.type === 'text' || field.type === 'list' || field.type === 'pairs';
  return (
    <FieldRow label={field.label} help={helpOf(field)} problem={problem} wide={wide}>
      {(control) => <Control field={field} control={control} value={value} onChange={onChange} />}
    </FieldRow>
  );
}

interface ControlOfFieldProps {
  readonly field: FaultField;
  readonly control: ControlProps;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

// A body longer than this is pasted rather than typed.
const LONG_TEXT = 1_000;

function Control({ field, control, value, onChange }: ControlOfFieldProps) {
  switch (field.type) {
    case 'number':
      return <TextInput control={control} value={value} onChange={onChange} unit={field.unit} numeric placeholder={field.whenEmpty} />;
    case 'text':
      return <TextInput control={control} value={value} onChange={onChange} placeholder={field.whenEmpty} maxLength={field.maxLength} long={(field.maxLength ?? 0) > LONG_TEXT} />;
    case 'list':
      return <TextInput control={control} value={value} onChange={onChange} />;
    case 'pairs':
      return <TextInput control={control} value={value} onChange={onChange} long placeholder="name: value" />;
    case 'switch':
      return <input {...control} type="checkbox" className={classes.check} checked={value === 'yes'} onChange={(event) => onChange(event.currentTarget.checked ? 'yes' : '')} />;
    case 'choice':
      return <ChoiceInput control={control} value={value} onChange={onChange} choices={[...(field.initial === '' ? [{ value: '', label: 'Any' }] : []), ...field.choices.map((choice) => ({ value: choice, label: choice }))]} />;
    default:
      return field satisfies never;
  }
}

function helpOf(field: FaultField): string {
  const form = field.type === 'number' ? rangeText(field) : field.type === 'list' ? 'separate several by commas' : field.type === 'pairs' ? 'one a line, as name: value' : '';
  return [field.description, form].filter((part) => part !== '').join(' · ');
}
