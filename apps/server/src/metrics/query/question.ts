import type { EdgeKey } from '#contracts';
import type { Matcher } from '#metrics';
import type { ComparedFault } from '../edges/compare-fault.js';

/** `limit` 0 means none. Times are milliseconds since 1970. */
interface Limited {
  readonly limit: number;
}

/** What every question carries: the asker sees only series that match all of `scope`. */
interface Asked {
  readonly scope: readonly Matcher[];
}

interface Spanned extends Asked {
  readonly fromMs: number;
  readonly toMs: number;
}

interface Evaluated extends Asked, Limited {
  readonly query: string;
  /** Null: the default of the server. */
  readonly lookbackMs: number | null;
}

interface Selected extends Spanned, Limited {
  /** Selectors as the client wrote them; none means every series. */
  readonly match: readonly string[];
}

/** Whatever the metric store can be asked. Only texts that cost little to check were checked; the thread parses the rest. */
export type Question =
  | (Evaluated & { readonly kind: 'instant'; readonly timeMs: number })
  | (Evaluated & { readonly kind: 'range'; readonly startMs: number; readonly endMs: number; readonly stepMs: number })
  | (Selected & { readonly kind: 'series' })
  | (Selected & { readonly kind: 'labels' })
  | (Selected & { readonly kind: 'labelValues'; readonly name: string })
  /** `metric` empty: all of them. A `limit` below zero means none, and 0 is one here. */
  | (Asked & Limited & { readonly kind: 'metadata'; readonly metric: string })
  | (Spanned & { readonly kind: 'exemplars'; readonly query: string })
  | (Asked & Limited & { readonly kind: 'cardinality' })
  /** What was recorded of an edge, as an EdgeSeriesView. */
  | (Asked & { readonly kind: 'edgePoints'; readonly edge: EdgeKey; readonly fromSec: number; readonly toSec: number; readonly stepSec: number })
  /** What a fault did, as a ComparisonView. */
  | (Asked & { readonly kind: 'comparison'; readonly fault: ComparedFault })
  /** The query in canonical form, over several lines where it is long. Reads no series. */
  | (Asked & { readonly kind: 'format'; readonly query: string });

export type QuestionKind = Question['kind'];
export type QuestionOf<Kind extends QuestionKind> = Extract<Question, { readonly kind: Kind }>;

/** Prometheus' `errorType`s that a question can end in. `unavailable`: not now, perhaps later. */
export type AnswerErrorType = 'bad_data' | 'execution' | 'canceled' | 'timeout' | 'internal' | 'unavailable';

/** `body`: the whole answer as JSON in UTF-8; of questions of Prometheus' API `{"status":"success",...}`. */
export type Answer = { readonly ok: true; readonly body: Uint8Array<ArrayBuffer> } | { readonly ok: false; readonly errorType: AnswerErrorType; readonly error: string };
