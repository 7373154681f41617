import { describe, expect, it } from 'vitest';
import { acceptHeader, formatOf } from './content-negotiation.js';

describe('what is asked for', () => {
  it('is all protocols by preference, and then anything', () => {
    expect(acceptHeader(['OpenMetricsText1.0.0', 'OpenMetricsText0.0.1', 'PrometheusText1.0.0', 'PrometheusText0.0.4'], 'allow-utf-8')).toBe(
      'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
    );
    expect(acceptHeader(['PrometheusText1.0.0'], 'underscores')).toBe('text/plain;version=1.0.0;escaping=underscores;q=0.6,*/*;q=0.5');
  });
});

describe('what came', () => {
  it.each([
    ['text/plain', 'prometheus-text'],
    ['text/plain; version=0.0.4; charset=utf-8', 'prometheus-text'],
    ['Text/Plain;version=99', 'prometheus-text'],
    [' application/openmetrics-text ; version=1.0.0', 'openmetrics-text'],
  ])('%j is %s, whatever is assumed otherwise', (contentType, format) => {
    expect(formatOf(contentType, null)).toBe(format);
    expect(formatOf(contentType, 'OpenMetricsText0.0.1')).toBe(format);
  });

  it.each([null, '', 'text/html', 'text/plainer', 'text', 'application/vnd.google.protobuf; proto=x', 'a text/plain'])('%j is refused unless a protocol is assumed', (contentType) => {
    expect(() => formatOf(contentType, null)).toThrow('there is no fallback_scrape_protocol');
    expect(formatOf(contentType, 'OpenMetricsText0.0.1')).toBe('openmetrics-text');
    expect(formatOf(contentType, 'PrometheusText0.0.4')).toBe('prometheus-text');
  });
});
