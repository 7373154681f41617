import { describe, expect, it } from 'vitest';
import { FAULT_KINDS } from '#contracts';
import { initialFields, readFields } from './read-fields.js';

const problemsOf = (...read: Parameters<typeof readFields>) => {
  const result = readFields(...read);
  return result.ok ? {} : result.problems;
};

// What only the person at the form can know: which headers, which device, which peers.
const NEEDS_A_WORD = ['headers', 'network-partition', 'network-drop', 'network-rate', 'network-delay', 'network-loss', 'network-duplicate', 'network-corrupt', 'network-reorder'];

describe('readFields', () => {
  it.each(FAULT_KINDS.filter((kind) => !NEEDS_A_WORD.includes(kind)))('accepts the first try it offers for %s', (kind) => {
    expect(problemsOf(kind, initialFields(kind))).toEqual({});
  });

  it.each(NEEDS_A_WORD)('asks for what %s cannot know', (kind) => {
    const known = FAULT_KINDS.find((candidate) => candidate === kind) ?? 'latency';
    expect(Object.keys(problemsOf(known, initialFields(known))).every((path) => ['set', 'device', 'peers'].includes(path))).toBe(true);
  });

  it('gives parameters in their own units', () => {
    expect(readFields('latency', { latencyMs: '1 400', jitterMs: '', share: '12,5' })).toEqual({
      ok: true,
      spec: { kind: 'latency', params: { latencyMs: 1_400, jitterMs: 0, share: 0.125, on: 'request', announce: false } },
    });
  });

  it.each([
    ['', 'Enter 1 to 60\u202f000 ms.'],
    ['soon', 'Not a number: enter 1 to 60\u202f000 ms.'],
    ['1.5', 'Enter a whole number, 1 to 60\u202f000 ms.'],
    ['-1', 'Out of range: enter 1 to 60\u202f000 ms.'],
    ['60001', 'Out of range: enter 1 to 60\u202f000 ms.'],
  ])('says what is wrong with a latency of "%s"', (latencyMs, problem) => {
    expect(problemsOf('latency', { latencyMs, share: '100' })).toEqual({ latencyMs: problem });
  });

  it('refuses a share of nothing', () => {
    expect(problemsOf('abort', { httpStatus: '503', share: '0' })).toEqual({ share: 'Out of range: enter above 0 to 100 %.' });
  });

  it('says a rule between two parameters with the labels of the form', () => {
    expect(problemsOf('latency', { latencyMs: '100', jitterMs: '200' })).toEqual({ jitterMs: 'Must not exceed latency.' });
    expect(problemsOf('slice', { averageBytes: '8', variationBytes: '8' })).toEqual({ variationBytes: 'Must be below average.' });
  });

  it('does not take a parameter of one small word for a part of another word', () => {
    expect(problemsOf('abort', { httpStatus: '503', 'match.status': '5xx' })).toEqual({ 'match.status': 'Is known only on responses: set on to "response".' });
  });

  it('makes a match of what is filled in, and none of what is not', () => {
    const read = readFields('abort', { httpStatus: '503', on: 'response', 'match.method': 'GET', 'match.headers': 'x-user: 4*\nx-beta: yes', 'match.status': '404, 5xx', 'match.sourceAddress': '10.0.0.0/8' });
    expect(read.ok && read.spec.params).toMatchObject({
      match: { method: 'GET', headers: [{ name: 'x-user', value: '4*' }, { name: 'x-beta', value: 'yes' }], status: [404, '5xx'], sourceAddress: ['10.0.0.0/8'] },
    });
    expect(read.ok && 'occurrence' in read.spec.params).toBe(false);
  });

  it('asks for the rest of a cohort once it is begun', () => {
    expect(problemsOf('latency', { latencyMs: '1', 'match.cohort.by': 'address' })).toEqual({ 'match.cohort.toPercent': 'Enter 0 to 100 %.' });
    expect(problemsOf('latency', { latencyMs: '1', 'match.cohort.by': 'header', 'match.cohort.toPercent': '10' })).toEqual({ 'match.cohort.name': 'Is needed for a header or cookie, and for nothing else.' });
  });

  it('names the one of a list that is wrong', () => {
    expect(problemsOf('half-open', { sourceAddress: '10.0.0.1, nonsense' })).toEqual({ sourceAddress: '“nonsense” must be an IP address or a network such as 10.0.0.0/8.' });
    expect(problemsOf('network-partition', { ports: '70000' })).toEqual({ ports: '70000 is out of range: enter 1 to 65\u202f535.' });
    expect(problemsOf('headers', { set: 'x-a: 1\nnonsense' })).toEqual({ set: 'Write “nonsense” as name: value.' });
    expect(problemsOf('headers', { set: 'content-length: 1' })).toEqual({ set: '“content-length: 1” frames the message and cannot be changed.' });
  });

  it('refuses a packet fault that names no peer and no port', () => {
    expect(problemsOf('network-partition', {})).toEqual({ peers: 'Names no peer, and no port is named either: name at least one.' });
  });
});
