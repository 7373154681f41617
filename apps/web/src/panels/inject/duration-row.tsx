import { formatCount } from '../format/number.js';
import { formatDuration } from '../format/time.js';
import { FieldRow } from './field-row.js';
import classes from './inject-form.module.css';
import { MAX_DURATION_SEC } from './read-duration.js';
import { TextInput } from './text-input.js';

const PRESETS_SEC = [15, 60, 300] as const;

interface DurationRowProps {
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (text: string) => void;
}

/** How long the fault lives: typed, or one of the usual lengths. */
export function DurationRow({ value, problem, onChange }: DurationRowProps) {
  return (
    <>
      <FieldRow label="Duration" help={`Then it ends by itself · 1 to ${formatCount(MAX_DURATION_SEC)} s`} problem={problem}>
        {(control) => <TextInput control={control} value={value} onChange={onChange} unit="s" numeric />}
      </FieldRow>
      <div className={classes.presets} role="group" aria-label="Usual durations">
        {PRESETS_SEC.map((seconds) => (
          <button key={seconds} type="button" className={classes.preset} aria-pressed={value === String(seconds)} onClick={() => onChange(String(seconds))}>
            {formatDuration(seconds * 1_000)}
          </button>
        ))}
      </div>
    </>
  );
}
