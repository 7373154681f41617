import { describe, expect, it } from 'vitest';
import type { TypedProxy, TypedToxic } from './read-proxy.js';
import { readProxy } from './read-proxy.js';

const TYPED: TypedProxy = { name: 'web', listen: '127.0.0.1:20000', upstream: 'localhost:80', enabled: true, toxics: [] };
const TOXIC: TypedToxic = { key: 1, type: 'latency', stream: 'downstream', toxicityPercent: '50', attributes: { latency: '100' } };
const problemsOf = (typed: TypedProxy) => {
  const read = readProxy(typed);
  return read.ok ? {} : read.problems;
};

describe('readProxy', () => {
  it('makes a proxy with its toxics, in the units of Toxiproxy', () => {
    expect(readProxy({ ...TYPED, toxics: [TOXIC] })).toEqual({
      ok: true,
      proxy: { name: 'web', listen: '127.0.0.1:20000', upstream: 'localhost:80', enabled: true, toxics: [{ type: 'latency', stream: 'downstream', toxicity: 0.5, attributes: { latency: 100, jitter: 0 } }] },
    });
  });

  it('says beside which field something is wrong', () => {
    expect(Object.keys(problemsOf({ ...TYPED, name: 'a b', listen: '127.0.0.1:', upstream: 'nowhere' }))).toEqual(['name', 'listen', 'upstream']);
    expect(problemsOf({ ...TYPED, toxics: [{ ...TOXIC, attributes: { latency: 'soon' } }] })).toMatchObject({ 'toxics.0.attributes.latency': 'Enter a whole number, 0 or more.' });
    expect(Object.keys(problemsOf({ ...TYPED, toxics: [TOXIC, { ...TOXIC, toxicityPercent: '150' }] }))).toEqual(['toxics.1.toxicity']);
    expect(Object.keys(problemsOf({ ...TYPED, toxics: [{ ...TOXIC, toxicityPercent: '' }] }))).toEqual(['toxics.0.toxicity']);
  });

  it('drops what was typed for another type of toxic', () => {
    const read = readProxy({ ...TYPED, toxics: [{ ...TOXIC, type: 'bandwidth', attributes: { latency: '100', rate: '32' } }] });
    expect(read.ok && read.proxy.toxics[0]?.attributes).toEqual({ rate: 32 });
  });
});
