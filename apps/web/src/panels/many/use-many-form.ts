import { useMemo, useState } from 'react';
import { protocolSchema } from '#contracts';
import type { CreateSelected, Protocol } from '#contracts';
import type { FaultForm } from '../inject/use-fault-form.js';
import { useFaultForm } from '../inject/use-fault-form.js';
import { useAgents } from '../world/use-agents.js';
import type { ReadSelection, TypedSelection } from './read-selection.js';
import { FIRST_SELECTION, readSelection } from './read-selection.js';

interface ManyForm {
  readonly typed: TypedSelection;
  readonly change: (change: Partial<TypedSelection>) => void;
  readonly problems: Extract<ReadSelection, { ok: false }>['problems'];
  readonly form: FaultForm;
  /** The protocol that is asked for; null for any. */
  readonly protocol: Protocol | null;
  /** What is to be started, once all of it is right. */
  readonly request: CreateSelected | null;
}

/** What is typed about many targets and the fault on each of them. */
export function useManyForm(from: string, to: string): ManyForm {
  const agents = useAgents();
  const [typed, setTyped] = useState({ ...FIRST_SELECTION, source: from, target: to });
  const { what } = typed;
  const protocol = protocolSchema.safeParse(typed.protocol).data ?? null;
  const form = useFaultForm(useMemo(() => ({ targets: [TARGET_OF[what]], protocol, agents }), [what, protocol, agents]));
  const read = useMemo(() => readSelection(typed), [typed]);
  const { ready, overlap } = form;
  return {
    typed,
    change: (change) => setTyped((was) => ({ ...was, ...change })),
    problems: read.ok ? {} : read.problems,
    form,
    protocol,
    request: read.ok && ready !== null ? { selection: read.selection, fault: ready.spec, overlap, durationMs: ready.durationMs } : null,
  };
}

const TARGET_OF = { edges: 'edge', hosts: 'host' } as const;
