import { PatternError } from '#metrics';
import { QueryError } from '#promql';
import { isDatabaseUnavailable } from '../../storage/database-failure.js';
import { StoreUnavailable } from './open-metric-source.js';
import type { AnswerErrorType, QuestionKind } from './question.js';

export interface Refusal {
  readonly errorType: AnswerErrorType;
  readonly error: string;
}

/** The parameter that Prometheus names before a problem with the text of a query or selector; for some questions it names none. */
const TEXT_PARAMETER: Readonly<Record<QuestionKind, string | null>> = {
  instant: 'query',
  range: 'query',
  format: 'query',
  series: 'match[]',
  labels: null,
  labelValues: null,
  exemplars: null,
  metadata: null,
  cardinality: null,
  edgePoints: null,
  comparison: null,
};

/** Why a question got no answer. For `internal` the text is for the log, not for the asker. */
export function refusalOf(failure: unknown, kind: QuestionKind, signal: AbortSignal): Refusal {
  if (failure instanceof QueryError && failure.type !== 'canceled') return ofText(kind, failure.type, failure.message);
  if (signal.aborted) return ended(signal.reason);
  // The store compiles matchers, and refuses patterns that parse but cost too much.
  if (failure instanceof PatternError) return ofText(kind, 'bad_data', failure.message);
  if (failure instanceof StoreUnavailable) return { errorType: 'unavailable', error: failure.message };
  if (failure instanceof RangeError) return ofRangeError(failure);
  if (isDatabaseUnavailable(failure)) return { errorType: 'unavailable', error: 'The database does not answer. Faultline tries again by itself.' };
  return { errorType: 'internal', error: failure instanceof Error ? (failure.stack ?? failure.message) : String(failure) };
}

function ofText(kind: QuestionKind, errorType: QueryError['type'], message: string): Refusal {
  const parameter = errorType === 'bad_data' ? TEXT_PARAMETER[kind] : null;
  return { errorType, error: parameter === null ? message : `invalid parameter "${parameter}": ${message}` };
}

function ended(reason: unknown): Refusal {
  if (reason instanceof QueryError) return { errorType: reason.type, error: reason.message };
  if (reason instanceof Error && reason.name === 'TimeoutError') return { errorType: 'timeout', error: 'query timed out in expression evaluation' };
  return { errorType: 'canceled', error: 'query was canceled in expression evaluation' };
}

/** The engine's ways of saying that something is beyond what it can hold: the call stack, or an array or buffer. */
function ofRangeError(failure: RangeError): Refusal {
  if (/call stack/.test(failure.message)) return { errorType: 'execution', error: 'the query is nested too deeply' };
  return { errorType: 'execution', error: `query processing needs more memory than there is: ${failure.message}` };
}
