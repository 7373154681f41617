import { describe, expect, it } from 'vitest';
import { FAULT_KINDS, FAULT_PARAMS } from '#contracts';
import { fieldsOf, rangeText } from './fault-fields.js';
import { initialFields, readFields } from './read-fields.js';

const field = (kind: (typeof FAULT_KINDS)[number], name: string) => {
  const found = fieldsOf(kind).find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no field ${name}`);
  return found;
};

describe('fieldsOf', () => {
  it.each(FAULT_KINDS)('has one field for each parameter of %s', (kind) => {
    expect(fieldsOf(kind).map(({ name }) => name)).toEqual(Object.keys(FAULT_PARAMS[kind].shape));
  });

  it('takes range, unit and default from the schema', () => {
    expect(field('latency', 'latencyMs')).toMatchObject({ label: 'Latency', unit: 'ms', min: 0, max: 60_000, whole: true, required: true, initial: null });
    expect(field('latency', 'jitterMs')).toMatchObject({ required: false, initial: 0 });
    expect(field('timeout', 'closeAfterMs').label).toBe('Close after');
    expect(field('abort', 'httpStatus')).toMatchObject({ label: 'HTTP status', unit: '', min: 400, max: 599 });
  });

  it('shows a share in percent, without its lower end', () => {
    expect(field('latency', 'share')).toMatchObject({ unit: '%', min: 0, minIsExcluded: true, max: 100, initial: 100 });
    expect(rangeText(field('latency', 'share'))).toBe('above 0 to 100 %');
    expect(rangeText(field('latency', 'latencyMs'))).toBe('0 to 60\u202f000 ms');
  });
});

describe('readFields', () => {
  it.each(FAULT_KINDS)('accepts the first try it offers for %s', (kind) => {
    expect(readFields(kind, initialFields(kind)).ok).toBe(true);
  });

  it('gives parameters in their own units', () => {
    expect(readFields('latency', { latencyMs: '1 400', jitterMs: '', share: '12,5' })).toEqual({
      ok: true,
      spec: { kind: 'latency', params: { latencyMs: 1_400, jitterMs: 0, share: 0.125 } },
    });
  });

  it.each([
    ['', 'Enter 0 to 60\u202f000 ms.'],
    ['soon', 'Not a number: enter 0 to 60\u202f000 ms.'],
    ['1.5', 'Enter a whole number, 0 to 60\u202f000 ms.'],
    ['-1', 'Out of range: enter 0 to 60\u202f000 ms.'],
    ['60001', 'Out of range: enter 0 to 60\u202f000 ms.'],
  ])('says what is wrong with a latency of "%s"', (latencyMs, problem) => {
    expect(readFields('latency', { latencyMs, share: '100' })).toEqual({ ok: false, problems: { latencyMs: problem } });
  });

  it('refuses a share of nothing', () => {
    expect(readFields('abort', { httpStatus: '503', share: '0' })).toEqual({ ok: false, problems: { share: 'Out of range: enter above 0 to 100 %.' } });
  });

  it('says a rule between two parameters with the labels of the form', () => {
    expect(readFields('latency', { latencyMs: '100', jitterMs: '200' })).toEqual({ ok: false, problems: { jitterMs: 'Must not exceed latency.' } });
  });
});
