import type { ExpositionFormat } from './exposition.js';

/** Where the two formats' lines differ inside of names and labels, after the lexers of Prometheus. */
export interface Dialect {
  /** Spaces and tabs may stand around everything, and labels need no comma between them. */
  readonly loose: boolean;
  /** A line feed may stand in quotes as it is. */
  readonly quotesOverLines: boolean;
  /** The last label may be followed by a comma. */
  readonly endComma: boolean;
}

export type DialectKind = ExpositionFormat | 'strict-openmetrics';

export const DIALECTS: Record<DialectKind, Dialect> = {
  'prometheus-text': { loose: true, quotesOverLines: true, endComma: true },
  'openmetrics-text': { loose: false, quotesOverLines: false, endComma: true },
  'strict-openmetrics': { loose: false, quotesOverLines: false, endComma: false },
};
