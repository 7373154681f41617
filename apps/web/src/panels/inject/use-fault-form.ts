import { useMemo, useState } from 'react';
import type { FaultKind, FaultSpec, Protocol } from '#contracts';
import { FAULTS, edgeFaultRefusal, isEdgeFault } from '#faults';
import { fieldsOf } from './fault-fields.js';
import type { KindOption, KindScope } from './kind-options.js';
import { kindOptions } from './kind-options.js';
import { readDuration } from './read-duration.js';
import type { TypedFields } from './read-fields.js';
import { initialFields, readFields } from './read-fields.js';

const FIRST_DURATION = '60';

export type Overlap = 'refuse' | 'allow';

/** What is typed about a fault, and what it means. */
export interface FaultForm {
  readonly options: readonly KindOption[];
  readonly kind: FaultKind;
  readonly setKind: (kind: FaultKind) => void;
  readonly typed: TypedFields;
  readonly setField: (path: string, text: string) => void;
  /** What is wrong, by field; not yet said of a field that was never touched. */
  readonly problems: TypedFields;
  readonly durationText: string;
  readonly setDurationText: (text: string) => void;
  readonly durationProblem: string | undefined;
  readonly overlap: Overlap;
  readonly setOverlap: (overlap: Overlap) => void;
  /** The fault, once all of it is right. */
  readonly ready: { readonly spec: FaultSpec; readonly durationMs: number } | null;
  /** Why the chosen kind, or what is asked of it, cannot be used here; null when it can. */
  readonly kindWhyNot: string | null;
  /** The first thing that is wrong, with the name of its field. */
  readonly fieldProblem: string | null;
}

/** Each kind keeps its own text while another is tried. */
export function useFaultForm(scope: KindScope): FaultForm {
  const options = useMemo(() => kindOptions(scope), [scope]);
  const [chosen, setKind] = useState<FaultKind | null>(null);
  const kind = options.find((option) => option.kind === chosen)?.kind ?? firstKind(options);
  const [editedByKind, setEdited] = useState<Partial<Record<FaultKind, TypedFields>>>({});
  const [durationText, setDurationText] = useState(FIRST_DURATION);
  const [overlap, setOverlap] = useState<Overlap>('refuse');
  const edited = editedByKind[kind];
  const typed = useMemo(() => ({ ...initialFields(kind), ...edited }), [kind, edited]);
  const fields = useMemo(() => readFields(kind, typed), [kind, typed]);
  const duration = useMemo(() => readDuration(durationText), [durationText]);
  const problems = fields.ok ? {} : fields.problems;
  return {
    options,
    kind,
    setKind,
    typed,
    setField: (path, text) => setEdited((all) => ({ ...all, [kind]: { ...all[kind], [path]: text } })),
    problems: Object.fromEntries(Object.entries(problems).filter(([path]) => edited?.[path] !== undefined || (typed[path] ?? '') !== '')),
    durationText,
    setDurationText,
    durationProblem: duration.ok ? undefined : duration.problem,
    overlap,
    setOverlap,
    ready: fields.ok && duration.ok ? { spec: fields.spec, durationMs: duration.durationMs } : null,
    kindWhyNot: options.find((option) => option.kind === kind)?.whyNot ?? (fields.ok ? refusalText(fields.spec, scope.protocol) : null),
    fieldProblem: firstProblem(kind, problems) ?? (duration.ok ? null : `Duration: ${duration.problem}`),
  };
}

function firstKind(options: readonly KindOption[]): FaultKind {
  return (options.find(({ whyNot }) => whyNot === null) ?? options[0])?.kind ?? 'latency';
}

/** Some parameters need what only one protocol can show. */
function refusalText(spec: FaultSpec, protocol: Protocol | null): string | null {
  const refusal = protocol === null || !isEdgeFault(spec) ? null : edgeFaultRefusal(spec, protocol);
  return refusal === null ? null : `${FAULTS[spec.kind].title} cannot act on this edge: ${refusal}.`;
}

function firstProblem(kind: FaultKind, problems: TypedFields): string | null {
  const field = fieldsOf(kind).find(({ path }) => problems[path] !== undefined);
  return field === undefined ? null : `${field.label}: ${problems[field.path]}`;
}
