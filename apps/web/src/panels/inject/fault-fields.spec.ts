import { describe, expect, it } from 'vitest';
import { FAULT_KINDS, FAULT_PARAMS } from '#contracts';
import type { FaultKind } from '#contracts';
import { fieldsOf, groupFields, rangeText } from './fault-fields.js';
import type { FaultField, NumberField } from './fault-fields.js';
import { labelOf, unitOf } from './parameter-names.js';

function field<T extends FaultField['type']>(kind: FaultKind, path: string, type: T): Extract<FaultField, { type: T }> {
  const found = fieldsOf(kind).find((candidate) => candidate.path === path);
  if (found?.type !== type) throw new Error(`no ${type} field ${path}`);
  return found as Extract<FaultField, { type: T }>;
}
const number = (kind: FaultKind, path: string): NumberField => field(kind, path, 'number');

describe('fieldsOf', () => {
  it.each(FAULT_KINDS)('leaves out no parameter of %s', (kind) => {
    const tops = new Set(fieldsOf(kind).map(({ path }) => path.split('.')[0]));
    expect([...tops]).toEqual(Object.keys(FAULT_PARAMS[kind].shape));
  });

  it.each(FAULT_KINDS)('has help for each field of %s', (kind) => {
    expect(fieldsOf(kind).filter(({ type, description }) => type !== 'pairs' && description === '')).toEqual([]);
  });

  it('takes range, unit and default from the schema', () => {
    expect(number('latency', 'latencyMs')).toMatchObject({ label: 'Latency', unit: 'ms', min: 1, max: 60_000, whole: true, required: true, initial: '' });
    expect(number('latency', 'jitterMs')).toMatchObject({ required: false, initial: '0' });
    expect(number('timeout', 'closeAfterMs').label).toBe('Close after');
    expect(number('abort', 'httpStatus')).toMatchObject({ label: 'HTTP status', unit: '', min: 400, max: 599 });
    expect(field('latency', 'on', 'choice')).toMatchObject({ choices: ['request', 'response'], initial: 'request' });
    expect(field('abort', 'announce', 'switch').initial).toBe('');
  });

  it('shows a share in percent, without its lower end', () => {
    expect(number('latency', 'share')).toMatchObject({ unit: '%', min: 0, minIsExcluded: true, max: 100, initial: '100' });
    expect(rangeText(number('latency', 'share'))).toBe('above 0 to 100 %');
    expect(rangeText(number('latency', 'latencyMs'))).toBe('1 to 60\u202f000 ms');
    expect(number('loss', 'lossShare')).toMatchObject({ label: 'Loss share', unit: '%', max: 95 });
  });

  it('opens objects that may be left out, and leaves their fields empty', () => {
    expect(number('latency', 'match.cohort.toPercent')).toMatchObject({ within: 'match.cohort', section: 'A stable part of the callers', required: true, initial: '' });
    expect(number('latency', 'occurrence.everyCount')).toMatchObject({ within: 'occurrence', initial: '', whenEmpty: '1' });
  });

  it('takes lists as text, and lists of pairs as lines', () => {
    expect(field('network-loss', 'ports', 'list')).toMatchObject({ takesNumbers: true, min: 1, max: 65_535 });
    expect(field('network-loss', 'peers', 'list').takesNumbers).toBe(false);
    expect(field('abort', 'match.headers', 'pairs').within).toBe('match');
    expect(field('headers', 'set', 'pairs').label).toBe('Set headers');
  });
});

describe('groupFields', () => {
  it('keeps what the fault does in front and which traffic apart', () => {
    const { main, traffic, more } = groupFields(fieldsOf('abort'));
    expect(main.map(({ path }) => path)).toEqual(['httpStatus', 'on', 'share']);
    expect(more.map(({ path }) => path)).toEqual(['body', 'contentType', 'announce']);
    expect(traffic.map(({ path }) => path)).toContain('match.cohort.by');
  });

  it('hides nothing that must be filled in', () => {
    const hidden = FAULT_KINDS.flatMap((kind) => groupFields(fieldsOf(kind)).more.filter(({ required }) => required));
    expect(hidden).toEqual([]);
  });
});

describe('names of parameters', () => {
  it.each([
    ['bytesPerSec', 'B/s', 'Bytes per second'],
    ['kilobitsPerSec', 'kbit/s', 'Kilobits per second'],
    ['pauseMicros', 'µs', 'Pause'],
    ['averageBytes', 'B', 'Average'],
    ['bytes', 'B', 'Bytes'],
    ['mebibytes', 'MiB', 'Mebibytes'],
    ['rtoMs', 'ms', 'RTO'],
    ['correlationPercent', '%', 'Correlation'],
    ['workers', '', 'Workers'],
  ])('%s is in "%s" and called %s', (name, unit, label) => expect([unitOf(name).text, labelOf(name)]).toEqual([unit, label]));
});
