import { z } from 'zod';
import { code, table } from './markdown.mjs';

// Described once, on the index page, with what is nested in them.
export const SHARED_OBJECTS = ['match', 'occurrence'];

const UNITS = [
  [/bytesPerSec$/i, 'B/s'],
  [/kilobitsPerSec$/i, 'kbit/s'],
  [/mebibytes$/i, 'MiB'],
  [/bytes$/i, 'B'],
  [/Micros$/, 'µs'],
  [/Ms$/, 'ms'],
  [/Percent$/, '%'],
  [/share$/i, 'ratio'],
];

/** The fields of a schema: name, type and range, unit, default, meaning. */
export function paramsTable(schema) {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  const rows = Object.entries(properties).map(([name, field]) => [code(name), typeText(field), unitOf(name), defaultText(field, required.includes(name)), meaning(name, field)]);
  return rows.length === 0 ? 'None.' : table(['Name', 'Type', 'Unit', 'Default', 'Meaning'], rows);
}

function unitOf(name) {
  return UNITS.find(([ending]) => ending.test(name))?.[1] ?? '';
}

function defaultText(field, isRequired) {
  if (isRequired) return 'needed';
  return field.default === undefined ? '' : code(JSON.stringify(field.default));
}

function meaning(name, field) {
  const text = field.description ?? '';
  return SHARED_OBJECTS.includes(name) ? `${text}: see [which traffic is hit](README.md#which-traffic-is-hit)` : text;
}

function typeText(field) {
  if (field.enum !== undefined) return field.enum.map(code).join(', ');
  if (field.anyOf !== undefined) return anyText(field.anyOf);
  if (field.type === 'array') return `list of ${field.minItems ?? 0} to ${field.maxItems}: ${typeText(field.items)}`;
  if (field.type === 'integer' || field.type === 'number') return numberText(field);
  if (field.type === 'object') return Object.keys(field.properties).every((name) => ['name', 'value'].includes(name)) ? '`{ name, value }`' : 'object';
  if (field.type === 'string') return `text${field.maxLength === undefined ? '' : `, up to ${field.maxLength} characters`}`;
  return field.type;
}

function anyText(choices) {
  const isAddress = choices.every(({ format = '' }) => /^(ip|cidr)v[46]$/.test(format));
  return isAddress ? 'address or network' : choices.map(typeText).join(' or ');
}

function numberText({ type, minimum, exclusiveMinimum, maximum }) {
  const low = exclusiveMinimum === undefined ? minimum : `above ${exclusiveMinimum}`;
  return `${type === 'integer' ? 'whole number' : 'number'}, ${low} to ${maximum}`;
}
