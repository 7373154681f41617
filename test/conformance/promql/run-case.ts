import type { SeriesReader } from '#metrics';
import { evaluate, parseQuery } from '#promql';
import type { EvaluationGrid, QueryResult, QueryValue, RangeSeries } from '#promql';
import { problemOfValue } from './compare-result.js';
import { fulfils, patternText, problemOfMessages } from './expectation.js';
import { forcedTimes } from './forced-times.js';
import type { QueryAt } from './forced-times.js';
import type { Eval } from './script-parser.js';

/** What the scripts are written for. */
const LOOKBACK_MS = 5 * 60_000;
const DEFAULT_SUBQUERY_STEP_MS = 60_000;
const MAX_SAMPLES = 10_000;
const MINUTE_MS = 60_000;
/** They mean another time when the query is asked over a range. */
const ASKS_FOR_GRID = /(?:start|end|range|step)\(\)/;

/** Runs a case, and an instant one again with forced times and over a range. Gives what is wrong; null: nothing. */
export async function runCase(test: Eval, reader: SeriesReader): Promise<string | null> {
  if (test.isRange) return runRange(test, reader);
  const asked: QueryAt = { query: test.query, timeMs: test.times.endMs };
  const first = await runInstant(test, asked, reader);
  if (first !== null) return first;
  for (const forced of forcedTimes(test.query, test.times.endMs)) {
    const problem = await runInstant(test, forced, reader);
    if (problem !== null) return `asked as ${forced.query} at ${forced.timeMs / 1000}s: ${problem}`;
  }
  return null;
}

const expects = (test: Eval, type: 'fail' | 'ordered'): boolean => test.expectations.some((expectation) => expectation.type === type);
const gridAt = (timeMs: number): EvaluationGrid => ({ startMs: timeMs, endMs: timeMs, stepMs: 0 });
const gridAround = (timeMs: number): EvaluationGrid => ({ startMs: timeMs - MINUTE_MS, endMs: timeMs + MINUTE_MS, stepMs: MINUTE_MS });

async function runRange(test: Eval, reader: SeriesReader): Promise<string | null> {
  const outcome = await ask({ query: test.query, grid: test.times, instant: false }, reader);
  return problemOfOutcome(test, outcome) ?? (outcome.result && problemOfResult(test, outcome.result));
}

async function runInstant(test: Eval, { query, timeMs }: QueryAt, reader: SeriesReader): Promise<string | null> {
  const { result, error } = await ask({ query, grid: gridAt(timeMs), instant: true }, reader);
  const problem = problemOfOutcome(test, { result, error }) ?? (result && problemOfResult(test, result));
  if (problem !== null || result === null || !test.repeatsOverRange || ASKS_FOR_GRID.test(query)) return problem;
  const range = await ask({ query, grid: gridAround(timeMs), instant: false }, reader);
  if (range.result === null) return `over a range: ${range.error}`;
  // A matrix is sorted by labels, whatever the order asked for.
  if (expects(test, 'ordered')) return null;
  const middle = middleOf(range.result.value, timeMs, result.value.type);
  const problemInRange = middle === null ? 'no matrix' : problemOfValue({ ...test, ordered: false }, middle);
  return problemInRange && `over a range: ${problemInRange}`;
}

interface Outcome {
  readonly result: QueryResult | null;
  /** The message; null when there is a result. */
  readonly error: string | null;
}

async function ask({ query, grid, instant }: { readonly query: string; readonly grid: EvaluationGrid; readonly instant: boolean }, reader: SeriesReader): Promise<Outcome> {
  const { signal } = new AbortController();
  const options = { query, instant, lookbackMs: LOOKBACK_MS, defaultSubqueryStepMs: DEFAULT_SUBQUERY_STEP_MS, maxSamples: MAX_SAMPLES, signal };
  try {
    return { result: await evaluate(parseQuery(query), grid, reader, options), error: null };
  } catch (error) {
    // A mistake in the engine is told with its place; a query that failed by its own message.
    if (!(error instanceof Error)) return { result: null, error: String(error) };
    return { result: null, error: error.name === 'QueryError' ? error.message : (error.stack ?? error.message) };
  }
}

function problemOfOutcome(test: Eval, { error }: Outcome): string | null {
  const failures = test.expectations.filter(({ type }) => type === 'fail');
  if (error === null) return failures.length > 0 ? 'expected an error, got none' : null;
  if (failures.length === 0) return `error: ${error}`;
  const unfulfilled = failures.find((expectation) => !fulfils(expectation, error));
  return unfulfilled === undefined ? null : `expected an error ${patternText(unfulfilled)}, got ${JSON.stringify(error)}`;
}

function problemOfResult(test: Eval, { value, warnings, infos }: QueryResult): string | null {
  const { expectations } = test;
  const problemOfTexts = problemOfMessages('warn', expectations, warnings) ?? problemOfMessages('info', expectations, infos);
  return problemOfTexts ?? problemOfValue({ ...test, ordered: expects(test, 'ordered') }, value);
}

/** What a range query gives at `timeMs`, as an instant query would give it. */
function middleOf(value: QueryValue, timeMs: number, type: QueryValue['type']): QueryValue | null {
  if (value.type !== 'matrix') return null;
  const at = ({ labels, points }: RangeSeries): readonly { labels: RangeSeries['labels']; point: RangeSeries['points'][number] }[] =>
    points.filter((point) => point.timeMs === timeMs).map((point) => ({ labels, point }));
  const samples = value.series.flatMap(at);
  if (type !== 'scalar') return { type: 'vector', samples };
  const [only] = samples;
  return only !== undefined && typeof only.point.value === 'number' ? { type: 'scalar', timeMs, value: only.point.value } : null;
}
