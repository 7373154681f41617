import { Button } from '@mantine/core';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { STREAMS, TOXIC_ATTRIBUTES, TOXIC_TYPES } from '#contracts';
import type { CreateProxy } from '#contracts';
import { attributeUnit } from '../fault/unleased-text.js';
import { FieldRow } from '../inject/field-row.js';
import formClasses from '../inject/inject-form.module.css';
import { ChoiceInput, TextInput } from '../inject/text-input.js';
import classes from './agent.module.css';
import type { TypedProxy, TypedToxic } from './read-proxy.js';
import { FIRST_PROXY, readProxy } from './read-proxy.js';

interface ProxyFormProps {
  readonly pending: boolean;
  readonly onSubmit: (proxy: CreateProxy) => void;
}

/** A proxy together with its toxics: all of it comes to be, or nothing does. */
export function ProxyForm({ pending, onSubmit }: ProxyFormProps) {
  const [typed, setTyped] = useState(FIRST_PROXY);
  const [tried, setTried] = useState(false);
  const read = readProxy(typed);
  const problemOf = (path: string): string | undefined => (read.ok || !tried ? undefined : read.problems[path]);
  const change = (changed: Partial<TypedProxy>): void => setTyped((was) => ({ ...was, ...changed }));
  const changeToxic = (key: number, changed: Partial<TypedToxic>): void => change({ toxics: typed.toxics.map((toxic) => (toxic.key === key ? { ...toxic, ...changed } : toxic)) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (read.ok) onSubmit(read.proxy);
  };
  const nextKey = 1 + Math.max(0, ...typed.toxics.map(({ key }) => key));
  return (
    <form className={formClasses.form} onSubmit={submit} aria-label="New proxy">
      <div className={`${formClasses.inner} ${formClasses.first}`}>
        <div className={formClasses.fields}>
          <FieldRow label="Name" help="Letters, digits and . _ : -" problem={problemOf('name')} wide>
            {(control) => <TextInput control={control} value={typed.name} onChange={(name) => change({ name })} />}
          </FieldRow>
          <FieldRow label="Listen" help="host:port that callers dial; port 0 lets the agent choose" problem={problemOf('listen')} wide>
            {(control) => <TextInput control={control} value={typed.listen} onChange={(listen) => change({ listen })} />}
          </FieldRow>
          <FieldRow label="Upstream" help="host:port that calls are passed on to" problem={problemOf('upstream')} wide>
            {(control) => <TextInput control={control} value={typed.upstream} onChange={(upstream) => change({ upstream })} />}
          </FieldRow>
          <FieldRow label="Enabled" help="Off: it refuses every connection" problem={undefined}>
            {(control) => <input {...control} type="checkbox" className={formClasses.check} checked={typed.enabled} onChange={(event) => change({ enabled: event.currentTarget.checked })} />}
          </FieldRow>
          {typed.toxics.map((toxic, i) => (
            <ToxicFields key={toxic.key} toxic={toxic} number={i + 1} problemOf={(name) => problemOf(`toxics.${i}.${name}`)} onChange={(changed) => changeToxic(toxic.key, changed)} onRemove={() => change({ toxics: typed.toxics.filter(({ key }) => key !== toxic.key) })} />
          ))}
        </div>
        <div className={classes.formEnd}>
          <Button variant="default" size="xs" onClick={() => change({ toxics: [...typed.toxics, { key: nextKey, type: 'latency', stream: 'downstream', toxicityPercent: '100', attributes: {} }] })}>
            Add a toxic
          </Button>
          <Button type="submit" loading={pending}>
            Create proxy
          </Button>
        </div>
        {typed.toxics.length > 0 && <p className={classes.dim}>Toxics have no lease: they hold until the proxy is removed or everything is halted.</p>}
      </div>
    </form>
  );
}

interface ToxicFieldsProps {
  readonly toxic: TypedToxic;
  readonly number: number;
  readonly problemOf: (name: string) => string | undefined;
  readonly onChange: (changed: Partial<TypedToxic>) => void;
  readonly onRemove: () => void;
}

function ToxicFields({ toxic, number, problemOf, onChange, onRemove }: ToxicFieldsProps) {
  return (
    <fieldset className={classes.toxic}>
      <legend>Toxic {number}</legend>
      <FieldRow label="Type" help="As Toxiproxy names it" problem={problemOf('type')}>
        {(control) => <ChoiceInput control={control} value={toxic.type} choices={TOXIC_TYPES.map((type) => ({ value: type, label: type }))} onChange={(value) => onChange({ type: TOXIC_TYPES.find((type) => type === value) ?? toxic.type })} />}
      </FieldRow>
      <FieldRow label="Stream" help="Upstream is towards the target" problem={problemOf('stream')}>
        {(control) => <ChoiceInput control={control} value={toxic.stream} choices={STREAMS.map((stream) => ({ value: stream, label: stream }))} onChange={(value) => onChange({ stream: value === 'upstream' ? 'upstream' : 'downstream' })} />}
      </FieldRow>
      <FieldRow label="Toxicity" help="Share of connections, 0 to 100 %" problem={problemOf('toxicity')}>
        {(control) => <TextInput control={control} value={toxic.toxicityPercent} unit="%" numeric onChange={(toxicityPercent) => onChange({ toxicityPercent })} />}
      </FieldRow>
      {TOXIC_ATTRIBUTES[toxic.type].map((attribute) => (
        <FieldRow key={attribute} label={attribute.charAt(0).toUpperCase() + attribute.slice(1).replace('_', ' ')} help="" problem={problemOf(`attributes.${attribute}`)}>
          {(control) => (
            <TextInput
              control={control}
              value={toxic.attributes[attribute] ?? ''}
              unit={attributeUnit(toxic.type, attribute)}
              numeric
              placeholder="0"
              onChange={(text) => onChange({ attributes: { ...toxic.attributes, [attribute]: text } })}
            />
          )}
        </FieldRow>
      ))}
      <Button variant="default" size="xs" onClick={onRemove}>
        Remove toxic {number}
      </Button>
    </fieldset>
  );
}
