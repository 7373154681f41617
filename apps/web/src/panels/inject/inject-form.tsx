import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { FaultView } from '#contracts';
import { injectFault } from '../../api/faults.js';
import type { WorldEdge } from '../../model/world.js';
import { ActionError } from '../action/action-error.js';
import { DurationRow } from './duration-row.js';
import { FieldRow } from './field-row.js';
import { fieldsOf, rangeText } from './fault-fields.js';
import classes from './inject-form.module.css';
import { injectSentence } from './inject-sentence.js';
import { KindPicker } from './kind-picker.js';
import { useInjectForm } from './use-inject-form.js';
import { useWhyNotInject } from './use-why-not-inject.js';

interface InjectFormProps {
  readonly edge: WorldEdge;
  readonly onInjected: (fault: FaultView) => void;
}

/** States what will be broken, how and for how long, says it back in a sentence, and does it. */
export function InjectForm({ edge, onInjected }: InjectFormProps) {
  const form = useInjectForm(edge.key.protocol);
  const queries = useQueryClient();
  const inject = useMutation({
    mutationFn: injectFault,
    onSuccess: (fault) => {
      void queries.invalidateQueries({ queryKey: ['faults'] });
      onInjected(fault);
    },
  });
  const { fields, duration } = form;
  const ready = fields.ok && duration.ok;
  const whyNot = useWhyNotInject(edge, form.kind, ready);
  const problems = fields.ok ? {} : fields.problems;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (whyNot !== null || !fields.ok || !duration.ok || inject.isPending) return;
    inject.mutate({ target: { type: 'edge', edge: edge.key }, fault: fields.spec, durationMs: duration.durationMs });
  };
  return (
    <form className={classes.form} onSubmit={submit} aria-labelledby="inject-title" id="inject">
      <h3 className={classes.formTitle} id="inject-title">
        Inject a fault here
      </h3>
      <KindPicker protocol={edge.key.protocol} value={form.kind} onChange={form.setKind} />
      <div className={classes.fields}>
        {fieldsOf(form.kind).map((field) => (
          <FieldRow
            key={`${form.kind}-${field.name}`}
            label={field.label}
            range={rangeText(field)}
            description={field.description}
            unit={field.unit}
            value={form.typed[field.name] ?? ''}
            problem={problems[field.name]}
            onChange={(text) => form.setField(field.name, text)}
          />
        ))}
        <DurationRow value={form.durationText} problem={duration.ok ? undefined : duration.problem} onChange={form.setDurationText} />
      </div>
      <div className={classes.commit}>
        {ready && whyNot === null && <p className={classes.sentence}>{injectSentence({ edge: edge.key, spec: fields.spec, durationMs: duration.durationMs, requestsPerSec: edge.stale ? null : edge.now.requestsPerSec })}</p>}
        <Button type="submit" color="fault" fullWidth size="md" loading={inject.isPending} aria-disabled={whyNot !== null} {...(whyNot !== null && { 'data-disabled': true })} aria-describedby="inject-why-not">
          Inject {form.definition.title.toLowerCase()}
        </Button>
        <p id="inject-why-not" className={classes.whyNot}>
          {whyNot}
        </p>
        <ActionError error={inject.error} />
      </div>
    </form>
  );
}
