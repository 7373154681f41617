import { describe, expect, it } from 'vitest';
import { findMetrics, metricEntries } from './metric-list.js';

const METADATA = {
  http_request_duration_seconds: [{ type: 'histogram', help: 'How long requests took.', unit: 'seconds' }],
  http_requests: [{ type: 'counter', help: 'Requests.', unit: '' }],
  odd: [{ type: 'unknown', help: '', unit: '' }],
};

describe('metricEntries', () => {
  it('knows a series by its family', () => {
    expect(metricEntries(['http_request_duration_seconds_bucket', 'http_requests_total', 'up', 'odd', 'toString'], METADATA).map(({ type, unit }) => [type, unit])).toEqual([
      ['histogram', 'seconds'],
      ['counter', ''],
      ['', ''],
      ['', ''],
      ['', ''],
    ]);
  });
});

describe('findMetrics', () => {
  const entries = metricEntries(['a_http_requests_total', 'http_request_duration_seconds_sum', 'up'], METADATA);
  const found = (text: string): readonly string[] => findMetrics(entries, text).map(({ name }) => name);
  it('gives all for nothing', () => expect(found(' ')).toHaveLength(3));
  it('puts names that begin so first', () => expect(found('HTTP_req')).toEqual(['http_request_duration_seconds_sum', 'a_http_requests_total']));
  it('looks into the help too, word by word', () => expect(found('took http')).toEqual(['http_request_duration_seconds_sum']));
});
