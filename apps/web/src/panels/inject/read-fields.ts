import { faultSpecSchema } from '#contracts';
import type { FaultKind, FaultSpec } from '#contracts';
import type { FaultField, ListField, NumberField } from './fault-fields.js';
import { fieldsOf, rangeText } from './fault-fields.js';
import { formatCount } from '../format/number.js';

/** What is typed, by the path of its field. */
export type TypedFields = Readonly<Record<string, string>>;

/** The fault that the typed text means, or what is wrong with each field. */
export type ReadFields = { readonly ok: true; readonly spec: FaultSpec } | { readonly ok: false; readonly problems: TypedFields };

// A first try that shows on any chart and breaks little; for parameters that have no default of their own. Shares are typed in percent.
const FIRST_TRY: TypedFields = {
  latencyMs: '400',
  jitterMs: '50',
  httpStatus: '503',
  delayMs: '400',
  bytesPerSec: '10000',
  afterBytes: '1000',
  averageBytes: '64',
  bytes: '100000',
  lossShare: '5',
  workers: '1',
  mebibytes: '256',
  kilobitsPerSec: '1000',
  lossPercent: '5',
  duplicatePercent: '5',
  corruptPercent: '1',
  reorderPercent: '25',
};

export function initialFields(kind: FaultKind): TypedFields {
  return Object.fromEntries(fieldsOf(kind).map(({ path, initial }) => [path, FIRST_TRY[path] ?? initial]));
}

export function readFields(kind: FaultKind, typed: TypedFields): ReadFields {
  const fields = fieldsOf(kind);
  const problems = problemsOf(fields, typed);
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  const checked = faultSpecSchema.safeParse({ kind, params: paramsOf(fields, typed) });
  return checked.success ? { ok: true, spec: checked.data } : { ok: false, problems: schemaProblems(fields, typed, checked.error.issues) };
}

function textOf(typed: TypedFields, field: FaultField): string {
  return (typed[field.path] ?? '').trim();
}

function problemsOf(fields: readonly FaultField[], typed: TypedFields): TypedFields {
  const problems: Record<string, string> = {};
  for (const field of fields) {
    const text = textOf(typed, field);
    const needed = field.required && (field.within === null || isBegun(fields, typed, field.within));
    const problem = text === '' ? (needed ? missingText(field) : null) : shapeProblem(field, text);
    if (problem !== null) problems[field.path] = problem;
  }
  return problems;
}

/** An optional object exists as soon as one of its fields says something. */
function isBegun(fields: readonly FaultField[], typed: TypedFields, path: string): boolean {
  return fields.some((field) => field.path.startsWith(`${path}.`) && textOf(typed, field) !== '');
}

function missingText(field: FaultField): string {
  if (field.type === 'number') return `Enter ${rangeText(field)}.`;
  return field.type === 'choice' ? 'Choose one.' : 'Fill this in.';
}

function shapeProblem(field: FaultField, text: string): string | null {
  switch (field.type) {
    case 'number':
      return numberProblem(field, text);
    case 'list':
      return listProblem(field, text);
    case 'pairs': {
      const line = linesOf(text).find((candidate) => !candidate.includes(':'));
      return line === undefined ? null : `Write “${line}” as name: value.`;
    }
    case 'text':
    case 'choice':
    case 'switch':
      return null;
  }
}

function numberProblem(field: NumberField, text: string): string | null {
  const value = numberOf(text);
  if (!Number.isFinite(value)) return `Not a number: enter ${rangeText(field)}.`;
  if (field.whole && !Number.isInteger(value)) return `Enter a whole number, ${rangeText(field)}.`;
  const tooLow = field.min !== null && (field.minIsExcluded ? value <= field.min : value < field.min);
  const tooHigh = field.max !== null && value > field.max;
  return tooLow || tooHigh ? `Out of range: enter ${rangeText(field)}.` : null;
}

function listProblem({ min, max }: ListField, text: string): string | null {
  const outside = itemsOf(text).find((item) => /^-?\d+$/.test(item) && ((min !== null && Number(item) < min) || (max !== null && Number(item) > max)));
  return outside === undefined ? null : `${outside} is out of range: enter ${formatCount(min ?? 0)} to ${formatCount(max ?? 0)}.`;
}

// A comma is the decimal point on half of the world's keyboards; spaces group digits as the page itself shows them.
function numberOf(text: string): number {
  return Number(text.replaceAll(/\s/g, '').replace(',', '.'));
}

function itemsOf(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter((item) => item !== '');
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
}

type Params = { [name: string]: unknown };

/** Parameters as the schema takes them; what is empty is left to the schema's own default. */
function paramsOf(fields: readonly FaultField[], typed: TypedFields): Params {
  const params: Params = {};
  for (const field of fields) {
    const text = textOf(typed, field);
    if (text !== '') place(params, field.path.split('.'), valueOf(field, text));
  }
  return params;
}

function place(params: Params, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) params[name] = value;
  else place((params[name] ??= {}) as Params, rest, value);
}

function valueOf(field: FaultField, text: string): unknown {
  switch (field.type) {
    case 'number':
      return numberOf(text) / field.typedPerValue;
    case 'list':
      return itemsOf(text).map((item) => (field.takesNumbers && /^\d+$/.test(item) ? Number(item) : item));
    case 'pairs':
      return linesOf(text).map((line) => ({ name: line.slice(0, line.indexOf(':')).trim(), value: line.slice(line.indexOf(':') + 1).trim() }));
    case 'switch':
      return text === 'yes';
    case 'text':
    case 'choice':
      return text;
  }
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Rules that only the schema knows, such as those between parameters, beside the field they are about. */
function schemaProblems(fields: readonly FaultField[], typed: TypedFields, issues: readonly Issue[]): TypedFields {
  const problems: Record<string, string> = {};
  for (const issue of issues) {
    // Paths are ['params', name, ...].
    const path = issue.path.slice(1).map(String);
    const field = fieldAt(fields, path.join('.'));
    if (field !== undefined) problems[field.path] ??= problemText(fields, issue.message, subjectOf(field, typed, path));
  }
  return problems;
}

function fieldAt(fields: readonly FaultField[], path: string): FaultField | undefined {
  return fields.find((field) => path === field.path || path.startsWith(`${field.path}.`)) ?? fields.find((field) => field.path.startsWith(`${path}.`)) ?? fields[0];
}

/** Which of several things in one field is meant. */
function subjectOf(field: FaultField, typed: TypedFields, path: readonly string[]): string {
  const index = Number(path[field.path.split('.').length]);
  if (!Number.isInteger(index)) return '';
  const text = textOf(typed, field);
  const item = field.type === 'list' ? itemsOf(text)[index] : field.type === 'pairs' ? linesOf(text)[index] : undefined;
  return item === undefined ? '' : `“${item}” `;
}

function problemText(fields: readonly FaultField[], message: string, subject: string): string {
  // The names of parameters become the labels on the screen. A name without a capital is also an English word and stays.
  const named = fields
    .map(({ path, label }) => ({ name: path.split('.').at(-1) ?? '', label: label.toLowerCase() }))
    .filter(({ name }) => /[A-Z]/.test(name))
    .reduce((text, { name, label }) => text.replaceAll(name, label), message === 'Invalid input' ? 'is not one of what fits here' : message);
  const said = `${subject}${named}`;
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}
