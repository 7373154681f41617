import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useMemo } from 'react';
import type { FaultView } from '#contracts';
import { FAULTS } from '#faults';
import { injectFault } from '../../api/faults.js';
import type { WorldEdge } from '../../model/world.js';
import { useAgents } from '../world/use-agents.js';
import { CommitRow } from './commit-row.js';
import { FaultFormFields } from './fault-form-fields.js';
import { faultSentence } from './fault-sentence.js';
import classes from './inject-form.module.css';
import { OverlapChoice } from './overlap-choice.js';
import { trafficText } from './traffic-text.js';
import { useFaultForm } from './use-fault-form.js';
import { useWhyNotInject } from './use-why-not-inject.js';

interface InjectFormProps {
  readonly edge: WorldEdge;
  /** Faults with a lease that act on the edge already, and toxics that hold there. */
  readonly faultsThere: number;
  readonly toxicsThere: number;
  readonly onInjected: (fault: FaultView) => void;
}

/** States what will be broken, how and for how long, says it back in a sentence, and does it. */
export function InjectForm({ edge, faultsThere, toxicsThere, onInjected }: InjectFormProps) {
  const agents = useAgents();
  const { protocol } = edge.key;
  const form = useFaultForm(useMemo(() => ({ targets: ['edge'] as const, protocol, agents }), [protocol, agents]));
  const queries = useQueryClient();
  const inject = useMutation({
    mutationFn: injectFault,
    onSuccess: (fault) => {
      void queries.invalidateQueries({ queryKey: ['faults'] });
      onInjected(fault);
    },
  });
  const { ready, overlap } = form;
  const whyNot = useWhyNotInject(form, { faultsThere, agentAway: edge.stale });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (whyNot !== null || ready === null || inject.isPending) return;
    inject.mutate({ target: { type: 'edge', edge: edge.key }, fault: ready.spec, durationMs: ready.durationMs, overlap });
  };
  const place = { type: 'edge', text: `from ${edge.key.source} to ${edge.key.target}`, protocol } as const;
  const traffic = trafficText(edge.stale ? null : edge.now.requestsPerSec);
  return (
    <form className={classes.form} onSubmit={submit} aria-labelledby="inject-title" id="inject">
      <h3 className={classes.formTitle} id="inject-title">
        {faultsThere > 0 ? 'Inject another fault here' : 'Inject a fault here'}
      </h3>
      <div className={classes.inner}>
        <FaultFormFields form={form} />
        {faultsThere > 0 && <OverlapChoice there={`On this edge already: ${faultsThere} ${faultsThere === 1 ? 'fault' : 'faults'}`} value={overlap} onChange={form.setOverlap} />}
        {toxicsThere > 0 && <p className={classes.about}>Toxics act on this edge as well: what you measure will be the effect of both.</p>}
      </div>
      <CommitRow
        sentence={ready !== null && whyNot === null ? `${faultSentence(ready.spec, place, ready.durationMs)} ${traffic} It ends by itself, also if Faultline dies.` : null}
        action={`Inject ${FAULTS[form.kind].title.toLowerCase()}`}
        pending={inject.isPending}
        whyNot={whyNot}
        error={inject.error}
      />
    </form>
  );
}
