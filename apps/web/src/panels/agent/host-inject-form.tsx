import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useMemo, useState } from 'react';
import { targetLabel, targetTypeOf } from '#contracts';
import type { AgentView, FaultTarget, ProcessRef } from '#contracts';
import { FAULTS } from '#faults';
import { injectFault } from '../../api/faults.js';
import { CommitRow } from '../inject/commit-row.js';
import { FaultFormFields } from '../inject/fault-form-fields.js';
import { faultSentence } from '../inject/fault-sentence.js';
import { FieldRow } from '../inject/field-row.js';
import classes from '../inject/inject-form.module.css';
import { OverlapChoice } from '../inject/overlap-choice.js';
import { ChoiceInput, TextInput } from '../inject/text-input.js';
import { useFaultForm } from '../inject/use-fault-form.js';
import { useWhyNotInject } from '../inject/use-why-not-inject.js';
import type { TypedProcess } from './read-process.js';
import { FIRST_PROCESS, readProcess } from './read-process.js';

const BY = [
  { value: 'name', label: 'Name' },
  { value: 'port', label: 'Listening port' },
  { value: 'pid', label: 'Process id' },
];

/** Faults on the host of an agent and on its processes. */
export function HostInjectForm({ agent }: { readonly agent: AgentView }) {
  const form = useFaultForm(useMemo(() => ({ targets: ['process', 'host'] as const, protocol: null, agents: [agent] }), [agent]));
  const [typed, setTyped] = useState(FIRST_PROCESS);
  const onProcess = targetTypeOf(form.kind) === 'process';
  const process = useMemo(() => readProcess(typed), [typed]);
  const queries = useQueryClient();
  const inject = useMutation({ mutationFn: injectFault, onSettled: () => queries.invalidateQueries({ queryKey: ['faults'] }) });
  const target = targetOf(agent.name, onProcess ? (process.ok ? process.process : null) : 'host');
  const fieldProblem = onProcess && !process.ok ? `Process: ${process.problem}` : form.fieldProblem;
  const whyNot = useWhyNotInject({ ...form, overlap: 'allow', fieldProblem }, { faultsThere: 0, agentAway: !agent.connected });
  const { ready, overlap } = form;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (whyNot !== null || ready === null || target === null || inject.isPending) return;
    inject.mutate({ target, fault: ready.spec, durationMs: ready.durationMs, overlap });
  };
  return (
    <form className={classes.form} onSubmit={submit} aria-label="Inject a fault on the host">
      <div className={`${classes.inner} ${classes.first}`}>
        {onProcess && <ProcessFields typed={typed} problem={process.ok || typed.text === '' ? undefined : process.problem} onChange={setTyped} />}
        <FaultFormFields form={form} />
        <OverlapChoice there="If another fault acts there already" value={overlap} onChange={form.setOverlap} />
      </div>
      <CommitRow
        sentence={ready !== null && target !== null && whyNot === null ? `${faultSentence(ready.spec, { type: 'named', text: `The ${target.type === 'process' ? 'process ' : ''}${targetLabel(target)}` }, ready.durationMs)} The agent refuses what its own policy file does not allow.` : null}
        action={`Inject ${FAULTS[form.kind].title.toLowerCase()}`}
        pending={inject.isPending}
        whyNot={whyNot}
        error={inject.error}
      />
    </form>
  );
}

interface ProcessFieldsProps {
  readonly typed: TypedProcess;
  readonly problem: string | undefined;
  readonly onChange: (typed: TypedProcess) => void;
}

function ProcessFields({ typed, problem, onChange }: ProcessFieldsProps) {
  return (
    <div className={`${classes.fields} ${classes.target}`}>
      <FieldRow label="Process by" help="More than one match is refused, never guessed" problem={undefined}>
        {(control) => <ChoiceInput control={control} value={typed.by} choices={BY} onChange={(by) => onChange({ ...typed, by: by === 'pid' || by === 'port' ? by : 'name' })} />}
      </FieldRow>
      <FieldRow label="Process" help="It must be allowed by the policy file of its host" problem={problem}>
        {(control) => <TextInput control={control} value={typed.text} numeric={typed.by !== 'name'} onChange={(text) => onChange({ ...typed, text })} />}
      </FieldRow>
    </div>
  );
}

function targetOf(agent: string, what: ProcessRef | 'host' | null): FaultTarget | null {
  if (what === null) return null;
  return what === 'host' ? { type: 'host', agent } : { type: 'process', agent, process: what };
}
