import type { Asking } from './asking.js';
import { JsonBody } from './json-body.js';
import { parseSelectors } from './metric-selectors.js';
import { notesText, TRUNCATED } from './notes.js';
import type { QuestionOf } from './question.js';
import { labelsText } from './sample-text.js';

const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** A list of label sets. Rejects with QueryError. */
export async function answerSeries({ match, fromMs, toMs, limit }: QuestionOf<'series'>, asking: Asking): Promise<JsonBody> {
  const found = await asking.source.series(parseSelectors(match), { fromMs, toMs }, limit === 0 ? NO_LIMIT : limit, asking.signal);
  return listBody(found.series, labelsText, found.truncated, asking);
}

export async function answerLabels({ match, fromMs, toMs, limit }: QuestionOf<'labels'>, asking: Asking): Promise<JsonBody> {
  return namesBody(await asking.source.labelNames(parseSelectors(match), { fromMs, toMs }, asking.signal), limit, asking);
}

export async function answerLabelValues({ name, match, fromMs, toMs, limit }: QuestionOf<'labelValues'>, asking: Asking): Promise<JsonBody> {
  return namesBody(await asking.source.labelValues(name, parseSelectors(match), { fromMs, toMs }, asking.signal), limit, asking);
}

function namesBody(names: readonly string[], limit: number, asking: Asking): Promise<JsonBody> {
  const truncated = limit > 0 && names.length > limit;
  return listBody(truncated ? names.slice(0, limit) : names, (name) => JSON.stringify(name), truncated, asking);
}

async function listBody<Item>(items: readonly Item[], textOf: (item: Item) => string, truncated: boolean, asking: Asking): Promise<JsonBody> {
  const body = new JsonBody(asking.nextTurn);
  body.write('{"status":"success","data":[');
  await body.writeEach(items, (item) => body.write(textOf(item)));
  body.write(`]${notesText({ warnings: truncated ? [TRUNCATED] : [], infos: [] })}}`);
  return body;
}
