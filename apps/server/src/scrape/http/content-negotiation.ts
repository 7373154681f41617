import type { ExpositionFormat } from '#metrics';
import type { NameEscaping, ScrapeProtocol } from '../config/scrape-protocols.js';
import { HttpError } from './http-client.js';

interface Protocol {
  readonly mediaType: string;
  readonly format: ExpositionFormat;
  /** Whether names may be more than letters, digits, underscores and colons, so that it has to be said how to write them. */
  readonly escapes: boolean;
}

const PROTOCOLS: Readonly<Record<ScrapeProtocol, Protocol>> = {
  'OpenMetricsText1.0.0': { mediaType: 'application/openmetrics-text;version=1.0.0', format: 'openmetrics-text', escapes: true },
  'OpenMetricsText0.0.1': { mediaType: 'application/openmetrics-text;version=0.0.1', format: 'openmetrics-text', escapes: false },
  'PrometheusText1.0.0': { mediaType: 'text/plain;version=1.0.0', format: 'prometheus-text', escapes: true },
  'PrometheusText0.0.4': { mediaType: 'text/plain;version=0.0.4', format: 'prometheus-text', escapes: false },
};
const FORMATS: ReadonlyMap<string, ExpositionFormat> = new Map([
  ['application/openmetrics-text', 'openmetrics-text'],
  ['text/plain', 'prometheus-text'],
]);
// Of RFC 9110's media types: two tokens, and parameters, which none of the formats needs to be read.
const MEDIA_TYPE = /^\s*([\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+)\s*(?:;|$)/;
const FIRST_WEIGHT = 6;
const SHOWN_CHARS = 100;

/** What to ask for: the protocols in their order of preference, and anything rather than nothing (Prometheus' documentation, "Content negotiation"). */
export function acceptHeader(protocols: readonly ScrapeProtocol[], escaping: NameEscaping): string {
  const asked = protocols.map((name, i) => `${PROTOCOLS[name].mediaType}${PROTOCOLS[name].escapes ? `;escaping=${escaping}` : ''};q=0.${FIRST_WEIGHT - i}`);
  return [...asked, `*/*;q=0.${FIRST_WEIGHT - protocols.length}`].join(',');
}

/** What came. Throws HttpError when the answer does not say, or names what cannot be read, and no protocol is to be assumed then. */
export function formatOf(contentType: string | null, fallback: ScrapeProtocol | null): ExpositionFormat {
  const format = FORMATS.get(MEDIA_TYPE.exec(contentType ?? '')?.[1]?.toLowerCase() ?? '');
  if (format !== undefined) return format;
  if (fallback !== null) return PROTOCOLS[fallback].format;
  const problem = contentType === null || contentType === '' ? 'the answer has no Content-Type' : `the Content-Type ${JSON.stringify(contentType.slice(0, SHOWN_CHARS))} is none that can be read`;
  throw new HttpError(`${problem}, and there is no fallback_scrape_protocol`);
}
