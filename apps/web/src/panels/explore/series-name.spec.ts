import { describe, expect, it } from 'vitest';
import { seriesText, tellingNames } from './series-name.js';

describe('seriesText', () => {
  it('is what PromQL selects', () => {
    expect(seriesText({ __name__: 'up', job: 'node', instance: 'a:1' })).toBe('up{job="node", instance="a:1"}');
    expect([seriesText({ __name__: 'up' }), seriesText({ job: 'node' }), seriesText({})]).toEqual(['up', '{job="node"}', '{}']);
  });
  it('quotes names that are not plain', () => expect(seriesText({ __name__: 'http.requests', 'service.name': 'cart' })).toBe('{"http.requests", "service.name"="cart"}'));
  it('escapes what would end the string', () => expect(seriesText({ path: 'C:\\"x"\ny' })).toBe('{path="C:\\\\\\"x\\"\\ny"}'));
});

describe('tellingNames', () => {
  it('says what all share once', () => {
    expect(tellingNames([{ __name__: 'up', job: 'node', instance: 'a' }, { __name__: 'up', job: 'node', instance: 'b', zone: '1' }])).toEqual({
      shared: 'up{job="node"}',
      names: ['{instance="a"}', '{instance="b", zone="1"}'],
    });
  });
  it('takes a label that only some have for a difference', () => expect(tellingNames([{ a: '1' }, {}])).toEqual({ shared: '', names: ['{a="1"}', '{}'] }));
  it('gives a single series its whole name', () => expect(tellingNames([{ __name__: 'up', job: 'x' }])).toEqual({ shared: '', names: ['up{job="x"}'] }));
  it('has nothing to say about nothing', () => expect(tellingNames([])).toEqual({ shared: '', names: [] }));
});
