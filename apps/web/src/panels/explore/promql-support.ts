import type { Extension } from '@codemirror/state';
import { PromQLExtension } from '@prometheus-io/codemirror-promql';
import { PROMETHEUS_PATH } from '../../api/prometheus-api.js';

const HOUR_MS = 3_600_000;
// Names that were used lately, not every one there ever was.
const COMPLETE_FROM_MS = 12 * HOUR_MS;

export interface PromqlSupport {
  /** Highlighting, completion and checks while typing. */
  readonly extension: Extension;
  close(): void;
}

/** What all editors of a page share, above all the names that were read for completion. Without the server only the language's own words complete. */
export function createPromqlSupport(): PromqlSupport {
  const language = new PromQLExtension().setComplete({
    remote: {
      apiPrefix: `${PROMETHEUS_PATH}/api/v1`,
      httpMethod: 'GET',
      lookbackInterval: COMPLETE_FROM_MS,
      fetchFn: (input, init) => fetch(input, { ...init, credentials: 'same-origin' }),
    },
  });
  return { extension: language.asExtension(), close: () => language.destroy() };
}
