import type { MetricSource } from '../metric-source.js';
import type { EngineSettings } from './thread-messages.js';

/** What answering one question takes besides the question. */
export interface Asking {
  /** Shows only what the asker may see. */
  readonly source: MetricSource;
  readonly engine: EngineSettings;
  /** Aborted when the asker has gone, or when the time is over: then the reason is a DOMException named TimeoutError. */
  readonly signal: AbortSignal;
  /** Lets other questions and messages have their turn. Throws the signal's reason when that is aborted. */
  readonly nextTurn: () => Promise<void>;
}
