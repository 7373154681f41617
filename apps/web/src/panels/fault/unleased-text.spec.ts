import { describe, expect, it } from 'vitest';
import { toxicSummary, unleasedSummary } from './unleased-text.js';

describe('toxicSummary', () => {
  it('writes attributes with the units of Toxiproxy', () => {
    expect(toxicSummary({ name: 'slow', type: 'latency', stream: 'downstream', toxicity: 0.5, attributes: { latency: 1_500, jitter: 10 } })).toBe('slow (latency): latency 1\u202f500 ms, jitter 10 ms · downstream, 50 % of connections');
    expect(toxicSummary({ name: 'slicer', type: 'slicer', stream: 'upstream', toxicity: 1, attributes: { average_size: 64, delay: 10 } })).toBe('slicer: average size 64 B, size variation 0 B, delay 10 µs · upstream');
  });
  it('takes a toxicity outside its range for what it does', () => {
    expect(toxicSummary({ name: 'noop', type: 'noop', stream: 'upstream', toxicity: -1, attributes: {} })).toBe('noop · upstream, 0 % of connections');
    expect(toxicSummary({ name: 'noop', type: 'noop', stream: 'upstream', toxicity: 7, attributes: {} })).toBe('noop · upstream');
  });
});

describe('unleasedSummary', () => {
  it('says that a proxy is disabled', () => {
    expect(unleasedSummary({ proxy: 'web', edge: { source: 'a', target: 'b', protocol: 'tcp' }, toxic: null, sinceMs: 0 })).toBe('Proxy web is disabled: it refuses every connection');
  });
});
