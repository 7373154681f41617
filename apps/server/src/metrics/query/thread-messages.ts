import type { SourceLocation } from './open-metric-source.js';
import type { AnswerErrorType, Question } from './question.js';

/** What a thread is given when it starts. */
export interface ThreadSettings {
  readonly source: SourceLocation;
  readonly engine: EngineSettings;
  /** Bytes of buffers, which the limit of the thread's heap does not count, that all questions together may use. */
  readonly maxBufferBytes: number;
}

/** Bounds of a query that the asker does not set. */
export interface EngineSettings {
  readonly lookbackMs: number;
  readonly defaultSubqueryStepMs: number;
  readonly maxSamples: number;
}

export type ToThread =
  | { readonly type: 'ask'; readonly id: number; readonly question: Question; readonly timeoutMs: number }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'close' };

/** `length` bytes of `buffer` are the body: it is handed over, not copied, and may be longer. */
export type FromThread =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly problem: string }
  | { readonly type: 'answer'; readonly id: number; readonly buffer: ArrayBuffer; readonly length: number }
  | { readonly type: 'refusal'; readonly id: number; readonly errorType: AnswerErrorType; readonly error: string };
