import { parseQuery } from '#promql';
import { answerCardinality, answerExemplars, answerMetadata } from './answer-about-series.js';
import { answerComparison, answerEdgePoints } from './answer-edges.js';
import { answerQuery } from './answer-query.js';
import { answerLabels, answerLabelValues, answerSeries } from './answer-series.js';
import type { Asking } from './asking.js';
import { JsonBody } from './json-body.js';
import { prettyQuery } from './pretty-query.js';
import type { QuestionKind, QuestionOf } from './question.js';

type Answerers = { readonly [Kind in QuestionKind]: (question: QuestionOf<Kind>, asking: Asking) => Promise<JsonBody> };

const ANSWERERS: Answerers = {
  instant: answerQuery,
  range: answerQuery,
  series: answerSeries,
  labels: answerLabels,
  labelValues: answerLabelValues,
  metadata: answerMetadata,
  exemplars: answerExemplars,
  cardinality: answerCardinality,
  edgePoints: answerEdgePoints,
  comparison: answerComparison,
  format: answerFormat,
};

/** Rejects with QueryError, with the reason of the signal, or with what the store says. */
export function answerQuestion<Kind extends QuestionKind>(question: QuestionOf<Kind>, asking: Asking): Promise<JsonBody> {
  const answer: (question: QuestionOf<Kind>, asking: Asking) => Promise<JsonBody> = ANSWERERS[question.kind as Kind];
  return answer(question, asking);
}

async function answerFormat({ query }: QuestionOf<'format'>, asking: Asking): Promise<JsonBody> {
  const body = new JsonBody(asking.nextTurn);
  body.write(JSON.stringify({ status: 'success', data: prettyQuery(parseQuery(query)) }));
  return body;
}
