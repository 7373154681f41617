import { faultSpecSchema } from '#contracts';
import type { FaultKind, FaultSpec } from '#contracts';
import type { FaultField } from './fault-fields.js';
import { fieldsOf, rangeText } from './fault-fields.js';

/** What is typed, by parameter name. */
export type TypedFields = Readonly<Record<string, string>>;

/** The fault that the typed text means, or what is wrong with each field. */
export type ReadFields = { readonly ok: true; readonly spec: FaultSpec } | { readonly ok: false; readonly problems: TypedFields };

// A first try that shows on any chart and breaks little; for parameters that have no default of their own.
const FIRST_TRY: TypedFields = { latencyMs: '400', jitterMs: '50', httpStatus: '503' };

export function initialFields(kind: FaultKind): TypedFields {
  return Object.fromEntries(fieldsOf(kind).map(({ name, initial }) => [name, FIRST_TRY[name] ?? (initial === null ? '' : String(initial))]));
}

export function readFields(kind: FaultKind, typed: TypedFields): ReadFields {
  const fields = fieldsOf(kind);
  const problems: Record<string, string> = {};
  const params: Record<string, number> = {};
  for (const field of fields) {
    const text = (typed[field.name] ?? '').trim();
    const problem = fieldProblem(field, text);
    if (problem !== null) problems[field.name] = problem;
    else if (text !== '') params[field.name] = numberOf(text) / field.typedPerValue;
  }
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  const checked = faultSpecSchema.safeParse({ kind, params });
  return checked.success ? { ok: true, spec: checked.data } : { ok: false, problems: namedProblems(fields, checked.error.issues) };
}

function fieldProblem(field: FaultField, text: string): string | null {
  if (text === '') return field.required ? `Enter ${rangeText(field)}.` : null;
  const value = numberOf(text);
  if (!Number.isFinite(value)) return `Not a number: enter ${rangeText(field)}.`;
  if (field.whole && !Number.isInteger(value)) return `Enter a whole number, ${rangeText(field)}.`;
  const tooLow = field.min !== null && (field.minIsExcluded ? value <= field.min : value < field.min);
  const tooHigh = field.max !== null && value > field.max;
  return tooLow || tooHigh ? `Out of range: enter ${rangeText(field)}.` : null;
}

// A comma is the decimal point on half of the world's keyboards; spaces group digits as the page itself shows them.
function numberOf(text: string): number {
  return Number(text.replaceAll(/\s/g, '').replace(',', '.'));
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Rules between parameters come from the schema itself; the names in their words become the labels on the screen. */
function namedProblems(fields: readonly FaultField[], issues: readonly Issue[]): TypedFields {
  const problems: Record<string, string> = {};
  for (const { path, message } of issues) {
    // Paths are ['params', name].
    const words = fields.reduce((text, { name, label }) => text.replaceAll(name, label.toLowerCase()), message);
    problems[String(path[1] ?? fields[0]?.name ?? '')] ??= `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  }
  return problems;
}
