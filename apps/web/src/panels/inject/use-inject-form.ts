import { useMemo, useState } from 'react';
import { MAX_FAULT_DURATION_MS } from '#contracts';
import type { FaultKind, Protocol } from '#contracts';
import { FAULTS } from '#faults';
import { formatCount } from '../format/number.js';
import { kindsFor } from './kinds-for.js';
import type { TypedFields } from './read-fields.js';
import { initialFields, readFields } from './read-fields.js';

const FIRST_DURATION = '60';
export const MAX_DURATION_SEC = MAX_FAULT_DURATION_MS / 1_000;

/** What is typed into the inject form and what it means. Each kind keeps its own text while another is tried. */
export function useInjectForm(protocol: Protocol) {
  const [kind, setKind] = useState<FaultKind>(() => kindsFor(protocol)[0] ?? 'latency');
  const [typedByKind, setTypedByKind] = useState<Partial<Record<FaultKind, TypedFields>>>({});
  const [durationText, setDurationText] = useState(FIRST_DURATION);
  const typed = useMemo(() => typedByKind[kind] ?? initialFields(kind), [typedByKind, kind]);
  const fields = useMemo(() => readFields(kind, typed), [kind, typed]);
  const duration = useMemo(() => readDuration(durationText), [durationText]);
  const setField = (name: string, text: string): void => setTypedByKind((all) => ({ ...all, [kind]: { ...(all[kind] ?? initialFields(kind)), [name]: text } }));
  return { kind, setKind, typed, setField, fields, durationText, setDurationText, duration, definition: FAULTS[kind] };
}

type ReadDuration = { readonly ok: true; readonly durationMs: number } | { readonly ok: false; readonly problem: string };

export function readDuration(text: string): ReadDuration {
  const seconds = Number(text.trim());
  if (text.trim() === '' || !Number.isInteger(seconds) || seconds < 1 || seconds > MAX_DURATION_SEC) {
    return { ok: false, problem: `Enter whole seconds, 1 to ${formatCount(MAX_DURATION_SEC)}.` };
  }
  return { ok: true, durationMs: seconds * 1_000 };
}
