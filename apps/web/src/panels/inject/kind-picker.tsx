import { Fragment } from 'react';
import { FAULT_KINDS } from '#contracts';
import type { FaultKind, Protocol } from '#contracts';
import { FAULTS } from '#faults';
import { fieldsOf } from './fault-fields.js';
import classes from './inject-form.module.css';
import { kindsFor } from './kinds-for.js';
import { unsupportedText } from './why-not-inject.js';

interface KindPickerProps {
  readonly protocol: Protocol;
  readonly value: FaultKind;
  readonly onChange: (kind: FaultKind) => void;
}

/** One card a kind. Kinds that cannot act on this edge stay visible and say why. */
export function KindPicker({ protocol, value, onChange }: KindPickerProps) {
  const possible = kindsFor(protocol);
  return (
    <fieldset className={classes.kinds}>
      <legend className={classes.legend}>Kind</legend>
      <div className={classes.kindRow}>
        {FAULT_KINDS.map((kind) => {
          const disabled = !possible.includes(kind);
          return (
            <label key={kind} className={classes.kind} data-checked={kind === value || undefined} title={disabled ? unsupportedText(kind, protocol) : undefined}>
              <input type="radio" name="fault-kind" value={kind} checked={kind === value} disabled={disabled} onChange={() => onChange(kind)} />
              {FAULTS[kind].title}
            </label>
          );
        })}
      </div>
      <p className={classes.imitates}>{FAULTS[value].imitates}</p>
      <details className={classes.limits}>
        <summary>More about {FAULTS[value].title.toLowerCase()}</summary>
        <dl>
          <dt>Does not imitate</dt>
          <dd>{FAULTS[value].doesNotImitate}</dd>
          {fieldsOf(value).map(({ name, label, description }) => (
            <Fragment key={name}>
              <dt>{label}</dt>
              <dd>{description}</dd>
            </Fragment>
          ))}
        </dl>
      </details>
    </fieldset>
  );
}
