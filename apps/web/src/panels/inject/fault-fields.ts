import { z } from 'zod';
import { FAULT_PARAMS } from '#contracts';
import type { FaultKind } from '#contracts';
import { formatCount } from '../format/number.js';
import { labelOf, unitOf } from './parameter-names.js';
import type { Unit } from './parameter-names.js';

interface FieldHead {
  /** Dotted: `match.cohort.toPercent`. */
  readonly path: string;
  readonly label: string;
  readonly description: string;
  /** The innermost optional object it lies in; that object exists as soon as one of its fields is filled in. */
  readonly within: string | null;
  /** What that object is for. */
  readonly section: string;
  /** Must be filled in, or must be once its object exists. */
  readonly required: boolean;
  /** What the field holds at first, and what is meant when it is empty. */
  readonly initial: string;
  readonly whenEmpty: string;
}

export interface NumberField extends FieldHead {
  readonly type: 'number';
  readonly unit: Unit['text'];
  /** What one of the parameter is in the unit that is typed: a share of 1 is typed as 100 %. */
  readonly typedPerValue: number;
  /** In the typed unit. */
  readonly min: number | null;
  readonly minIsExcluded: boolean;
  readonly max: number | null;
  readonly whole: boolean;
}
export interface TextField extends FieldHead {
  readonly type: 'text';
  readonly maxLength: number | null;
}
export interface ChoiceField extends FieldHead {
  readonly type: 'choice';
  readonly choices: readonly string[];
}
export interface SwitchField extends FieldHead {
  readonly type: 'switch';
}
/** Values one after the other, between commas. */
export interface ListField extends FieldHead {
  readonly type: 'list';
  readonly takesNumbers: boolean;
  readonly min: number | null;
  readonly max: number | null;
}
/** Names with values, one `name: value` a line. */
export interface PairsField extends FieldHead {
  readonly type: 'pairs';
}
/** One input of the inject form, read off the parameter's schema: a new kind or parameter appears in the form by itself. */
export type FaultField = NumberField | TextField | ChoiceField | SwitchField | ListField | PairsField;

/** The part of JSON Schema that the parameters of faults use. */
interface ParamSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly ParamSchema[];
  readonly items?: ParamSchema;
  readonly properties?: Readonly<Record<string, ParamSchema>>;
  readonly required?: readonly string[];
}

interface Place {
  readonly path: string;
  readonly within: string | null;
  readonly section: string;
}

const fieldsByKind = new Map<FaultKind, readonly FaultField[]>();

/** The inputs for a kind, in the order of its schema. */
export function fieldsOf(kind: FaultKind): readonly FaultField[] {
  const known = fieldsByKind.get(kind);
  if (known !== undefined) return known;
  const fields = fieldsIn(z.toJSONSchema(FAULT_PARAMS[kind], { io: 'input' }) as ParamSchema, { path: '', within: null, section: '' });
  fieldsByKind.set(kind, fields);
  return fields;
}

function fieldsIn(schema: ParamSchema, { path, within, section }: Place): readonly FaultField[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const place = { path: path === '' ? name : `${path}.${name}`, within, section };
    if (property.type === 'object') return fieldsIn(property, { path: place.path, within: place.path, section: property.description ?? labelOf(name) });
    return [fieldOf(name, property, { ...place, required: schema.required?.includes(name) ?? false })];
  });
}

function fieldOf(name: string, schema: ParamSchema, { path, within, section, required }: Place & { readonly required: boolean }): FaultField {
  const unit = unitOf(name);
  const whenEmpty = textOf(schema.default, unit.typedPerValue);
  const head: FieldHead = { path, within, section, required, label: labelOf(name), description: describe(schema), whenEmpty, initial: within === null ? whenEmpty : '' };
  if (schema.type === 'array') return listOf(head, schema.items ?? {});
  if (schema.enum !== undefined) return { ...head, type: 'choice', choices: schema.enum };
  if (schema.type === 'boolean') return { ...head, type: 'switch' };
  if (schema.type === 'string') return { ...head, type: 'text', maxLength: schema.maxLength ?? null };
  return numberOf(head, unit, schema);
}

function numberOf(head: FieldHead, unit: Unit, schema: ParamSchema): NumberField {
  const typed = (value: number | undefined): number | null => (value === undefined ? null : value * unit.typedPerValue);
  return {
    ...head,
    type: 'number',
    unit: unit.text,
    typedPerValue: unit.typedPerValue,
    min: typed(schema.exclusiveMinimum ?? schema.minimum),
    minIsExcluded: schema.exclusiveMinimum !== undefined,
    max: typed(schema.maximum),
    whole: schema.type === 'integer',
  };
}

function listOf(head: FieldHead, items: ParamSchema): ListField | PairsField {
  if (items.type === 'object') return { ...head, type: 'pairs' };
  const number = [items, ...(items.anyOf ?? [])].find(({ type }) => type === 'integer' || type === 'number');
  return { ...head, type: 'list', takesNumbers: number !== undefined, min: number?.minimum ?? null, max: number?.maximum ?? null };
}

// The unit and the range stand beside the field: said twice they are only longer.
function describe({ description = '' }: ParamSchema): string {
  return description.replace(/, in (milliseconds|microseconds|bytes|percent|MiB)(?=$|;)/, '').replace(/, from just above 0 to 1$/, '');
}

function textOf(value: unknown, typedPerValue: number): string {
  if (typeof value === 'number') return String(value * typedPerValue);
  if (typeof value === 'string') return value;
  return value === true ? 'yes' : '';
}

/** `0 to 60 000 ms`, `above 0 to 100 %`; empty where anything goes. */
export function rangeText({ min, max, minIsExcluded, unit }: Pick<NumberField, 'min' | 'max' | 'minIsExcluded' | 'unit'>): string {
  const low = min === null ? '' : `${minIsExcluded ? 'above ' : ''}${formatCount(min)}`;
  const high = max === null ? '' : `to ${formatCount(max)}`;
  return [low, high, unit].filter((part) => part !== '').join(' ');
}

// What says which traffic is hit rather than what happens to it: all traffic when left alone.
const NARROWING = ['match', 'occurrence', 'sourceAddress'];

export interface FieldGroups {
  /** What the fault does. */
  readonly main: readonly FaultField[];
  /** Which traffic it does it to. */
  readonly traffic: readonly FaultField[];
  /** What few ever change: texts and switches that have a value of their own. */
  readonly more: readonly FaultField[];
}

/** The fields as the form lays them out: what matters first, the rest behind quiet disclosures. */
export function groupFields(fields: readonly FaultField[]): FieldGroups {
  const narrows = ({ path }: FaultField): boolean => NARROWING.includes(path.split('.')[0] ?? '');
  const isMore = (field: FaultField): boolean => !narrows(field) && !field.required && (field.type === 'text' || field.type === 'switch');
  return { main: fields.filter((field) => !narrows(field) && !isMore(field)), traffic: fields.filter(narrows), more: fields.filter(isMore) };
}
