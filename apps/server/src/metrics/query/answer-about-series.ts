import type { MetricMetadata } from '#metrics';
import { parseQuery } from '#promql';
import type { CardinalityCount, StoredExemplar } from '../metric-source.js';
import type { Asking } from './asking.js';
import { JsonBody } from './json-body.js';
import type { QuestionOf } from './question.js';
import { labelsText, timeText, valueText } from './sample-text.js';
import { selectorsOf } from './selectors-of.js';

/** By metric family, a list of what is known about it. */
export async function answerMetadata({ metric, limit }: QuestionOf<'metadata'>, asking: Asking): Promise<JsonBody> {
  const families = [...(await asking.source.metadata([], asking.signal))].filter(([name]) => metric === '' || name === metric);
  const body = new JsonBody(asking.nextTurn);
  body.write('{"status":"success","data":{');
  await body.writeEach(limit < 0 ? families : families.slice(0, limit), ([name, metadata]) => body.write(`${JSON.stringify(name)}:[${metadataText(metadata)}]`));
  body.write('}}');
  return body;
}

const metadataText = ({ type, help, unit }: MetricMetadata): string => JSON.stringify({ type, unit, help });

/** Of the series that any selector of the query finds. Rejects with QueryError. */
export async function answerExemplars({ query, fromMs, toMs }: QuestionOf<'exemplars'>, asking: Asking): Promise<JsonBody> {
  const selectors = selectorsOf(parseQuery(query)).map(({ matchers }) => matchers);
  const found = selectors.length === 0 ? [] : await asking.source.exemplars(selectors, { fromMs, toMs }, asking.signal);
  const body = new JsonBody(asking.nextTurn);
  body.write('{"status":"success","data":[');
  await body.writeEach(found, ({ labels, exemplars }) => body.write(`{"seriesLabels":${labelsText(labels)},"exemplars":[${exemplars.map(exemplarText).join(',')}]}`));
  body.write(']}');
  return body;
}

const exemplarText = ({ labels, value, timeMs }: StoredExemplar): string => `{"labels":${labelsText(labels)},"value":"${valueText(value)}","timestamp":${timeText(timeMs)}}`;

/** What Prometheus says of its head block, as far as it holds for other stores. */
export async function answerCardinality({ limit }: QuestionOf<'cardinality'>, asking: Asking): Promise<JsonBody> {
  const { series, labelPairs, byMetric, valuesByLabel, bytesByLabel, seriesByPair } = await asking.source.cardinality([], limit, asking.signal);
  const data = {
    headStats: { numSeries: series, numLabelPairs: labelPairs },
    seriesCountByMetricName: byMetric.map(countOf),
    labelValueCountByLabelName: valuesByLabel.map(countOf),
    memoryInBytesByLabelName: bytesByLabel.map(countOf),
    seriesCountByLabelValuePair: seriesByPair.map(countOf),
  };
  const body = new JsonBody(asking.nextTurn);
  body.write(JSON.stringify({ status: 'success', data }));
  return body;
}

const countOf = ({ name, count }: CardinalityCount): { readonly name: string; readonly value: number } => ({ name, value: count });
