import { evaluate, parseQuery, QueryError, type EvaluationGrid, type Expr, type InstantSample, type QueryResult } from '#promql';
import type { Asking } from './asking.js';
import { JsonBody } from './json-body.js';
import { MatrixWriter } from './matrix-writer.js';
import { notesText, TRUNCATED } from './notes.js';
import type { QuestionOf } from './question.js';
import { floatPoint, histogramPoint, labelsText, scalarText } from './sample-text.js';

type QueryQuestion = QuestionOf<'instant' | 'range'>;

/** `{"resultType":"matrix","result":[...]}`, or vector, scalar, string. Rejects with QueryError. */
export async function answerQuery(question: QueryQuestion, asking: Asking): Promise<JsonBody> {
  const body = new JsonBody(asking.nextTurn);
  const result = await evaluateQuestion(question, asking);
  const truncated = await writeValue(result, question.limit, body);
  const warnings = truncated ? [...result.warnings, TRUNCATED] : result.warnings;
  body.write(`}${notesText({ warnings, infos: result.infos })}}`);
  return body;
}

function evaluateQuestion(question: QueryQuestion, { source, engine, signal, nextTurn }: Asking): Promise<QueryResult> {
  const { query } = question;
  const expr = parseQuery(query);
  if (question.kind === 'range' && isRangeVector(expr)) throw new QueryError('bad_data', 'invalid expression type "range vector" for range query, must be Scalar or instant Vector');
  const lookbackMs = question.lookbackMs ?? engine.lookbackMs;
  return evaluate(expr, gridOf(question), source, { ...engine, lookbackMs, signal, nextTurn, query, instant: question.kind === 'instant' });
}

function isRangeVector(expr: Expr): boolean {
  return expr.type === 'paren' ? isRangeVector(expr.expr) : expr.type === 'matrix-selector' || expr.type === 'subquery';
}

function gridOf(question: QueryQuestion): EvaluationGrid {
  if (question.kind === 'instant') return { startMs: question.timeMs, endMs: question.timeMs, stepMs: 0 };
  return { startMs: question.startMs, endMs: question.endMs, stepMs: question.stepMs };
}

/** True when the limit left something out. */
async function writeValue({ value }: QueryResult, limit: number, body: JsonBody): Promise<boolean> {
  body.write(`{"status":"success","data":{"resultType":"${value.type}","result":`);
  switch (value.type) {
    case 'scalar':
      body.write(`[${value.timeMs / 1000},"${scalarText(value.value)}"]`);
      return false;
    case 'string':
      body.write(`[${value.timeMs / 1000},${JSON.stringify(value.value)}]`);
      return false;
    case 'vector':
      return writeLimited(value.samples, limit, (samples) => body.writeEach(samples, (sample) => body.write(sampleText(sample))), body);
    case 'matrix': {
      const writer = new MatrixWriter(body);
      return writeLimited(value.series, limit, (list) => body.writeEach(list, (series) => writer.write(series)), body);
    }
  }
}

async function writeLimited<Item>(items: readonly Item[], limit: number, write: (items: readonly Item[]) => Promise<void>, body: JsonBody): Promise<boolean> {
  const truncated = limit > 0 && items.length > limit;
  body.write('[');
  await write(truncated ? items.slice(0, limit) : items);
  body.write(']');
  return truncated;
}

function sampleText({ labels, point: { timeMs, value } }: InstantSample): string {
  const sample = typeof value === 'number' ? `"value":${floatPoint(timeMs, value)}` : `"histogram":${histogramPoint(timeMs, value)}`;
  return `{"metric":${labelsText(labels)},${sample}}`;
}
