import { z } from 'zod';
import { FAULT_PARAMS } from '#contracts';
import type { FaultKind } from '#contracts';
import { formatCount } from '../format/number.js';

/** One input of the inject form, read off the parameter's schema: a new kind or parameter appears in the form by itself. */
export interface FaultField {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly unit: '' | 'ms' | '%';
  /** What one of the parameter is in the unit that is typed: a share of 1 is typed as 100 %. */
  readonly typedPerValue: number;
  /** In the typed unit. */
  readonly min: number | null;
  readonly minIsExcluded: boolean;
  readonly max: number | null;
  readonly whole: boolean;
  readonly required: boolean;
  /** In the typed unit; null where the schema has no default. */
  readonly initial: number | null;
}

interface NumberSchema {
  readonly type?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly default?: number;
  readonly description?: string;
}

export function fieldsOf(kind: FaultKind): readonly FaultField[] {
  const schema = z.toJSONSchema(FAULT_PARAMS[kind], { io: 'input' });
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).map(([name, property]) => fieldOf(name, property as NumberSchema, required.has(name)));
}

function fieldOf(name: string, schema: NumberSchema, required: boolean): FaultField {
  const unit = unitOf(name);
  const typedPerValue = unit === '%' ? 100 : 1;
  const typed = (value: number | undefined): number | null => (value === undefined ? null : value * typedPerValue);
  return {
    name,
    label: labelOf(name),
    description: (schema.description ?? '').replace(/, in milliseconds$|, from just above 0 to 1$/, ''),
    unit,
    typedPerValue,
    min: typed(schema.exclusiveMinimum ?? schema.minimum),
    minIsExcluded: schema.exclusiveMinimum !== undefined,
    max: typed(schema.maximum),
    whole: schema.type === 'integer',
    required,
    initial: typed(schema.default),
  };
}

// Units are in the names of parameters (latencyMs); a share is a ratio that people type in percent.
function unitOf(name: string): FaultField['unit'] {
  if (name.endsWith('Ms')) return 'ms';
  return name === 'share' || name.endsWith('Ratio') ? '%' : '';
}

/** `closeAfterMs` -> `Close after`, `httpStatus` -> `HTTP status`. */
function labelOf(name: string): string {
  const words = name.replace(/Ms$/, '').replace(/([A-Z])/g, ' $1').toLowerCase().replace(/\bhttp\b/, 'HTTP').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `0 to 60 000 ms`, `above 0 to 100 %`. */
export function rangeText({ min, max, minIsExcluded, unit }: FaultField): string {
  const low = min === null ? '' : `${minIsExcluded ? 'above ' : ''}${formatCount(min)}`;
  const high = max === null ? '' : `to ${formatCount(max)}`;
  return [low, high, unit].filter((part) => part !== '').join(' ');
}
