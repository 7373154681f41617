import { Fragment } from 'react';
import { FAULTS } from '#faults';
import { DurationRow } from './duration-row.js';
import type { FaultField } from './fault-fields.js';
import { fieldsOf, groupFields } from './fault-fields.js';
import { FaultFieldRow } from './fault-field-row.js';
import classes from './inject-form.module.css';
import { KindChooser } from './kind-chooser.js';
import type { FaultForm } from './use-fault-form.js';

/** Which fault, how strong, on which part of the traffic and for how long: the same wherever a fault is started. */
export function FaultFormFields({ form }: { readonly form: FaultForm }) {
  const { main, traffic, more } = groupFields(fieldsOf(form.kind));
  const { imitates, doesNotImitate } = FAULTS[form.kind];
  return (
    <>
      <KindChooser options={form.options} value={form.kind} onChange={form.setKind} />
      <p className={classes.about}>{imitates}</p>
      <p className={classes.about}>
        <strong>What it does not imitate:</strong> {doesNotImitate}
      </p>
      <div className={classes.fields}>
        <FieldRows fields={main} form={form} />
        <Disclosure title="Only some traffic" fields={traffic} form={form} />
        <Disclosure title="More settings" fields={more} form={form} />
        <DurationRow value={form.durationText} problem={form.durationProblem} onChange={form.setDurationText} />
      </div>
    </>
  );
}

interface FieldRowsProps {
  readonly fields: readonly FaultField[];
  readonly form: FaultForm;
}

function FieldRows({ fields, form }: FieldRowsProps) {
  return fields.map((field, i) => (
    <Fragment key={`${form.kind} ${field.path}`}>
      {field.section !== '' && field.section !== fields[i - 1]?.section && <p className={classes.section}>{field.section}</p>}
      <FaultFieldRow field={field} value={form.typed[field.path] ?? ''} problem={form.problems[field.path]} onChange={(text) => form.setField(field.path, text)} />
    </Fragment>
  ));
}

interface DisclosureProps extends FieldRowsProps {
  readonly title: string;
}

/** Closed until asked for; the closed line says how much of it is set. */
function Disclosure({ title, fields, form }: DisclosureProps) {
  if (fields.length === 0) return null;
  const changed = fields.filter(({ path, initial }) => (form.typed[path] ?? '').trim() !== initial).length;
  return (
    <details className={classes.disclosure} key={form.kind}>
      <summary>
        {title} {changed > 0 && <span>{changed} set</span>}
      </summary>
      <div className={classes.disclosed}>
        <FieldRows fields={fields} form={form} />
      </div>
    </details>
  );
}
