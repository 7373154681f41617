import { edgeKeyText, type EdgePoint, type EdgeSeriesView } from '#contracts';
import { compareFault } from '../edges/compare-fault.js';
import { edgePoints } from '../edges/edge-points.js';
import { readEdgeSeconds } from '../edges/edge-seconds.js';
import type { Asking } from './asking.js';
import { JsonBody } from './json-body.js';
import type { QuestionOf } from './question.js';

// Some megabytes of seconds at a time, however long the asked time is.
const SECONDS_A_READ = 10_000;

/** An EdgeSeriesView. */
export async function answerEdgePoints({ edge, fromSec, toSec, stepSec }: QuestionOf<'edgePoints'>, asking: Asking): Promise<JsonBody> {
  const points: EdgePoint[] = [];
  // Whole steps a read, so that no step is cut in two.
  const sliceSec = Math.max(1, Math.floor(SECONDS_A_READ / stepSec)) * stepSec;
  for (let sliceFrom = fromSec; sliceFrom < toSec; sliceFrom += sliceSec) {
    const seconds = await readEdgeSeconds(asking.source, [edge], { fromSec: sliceFrom, toSec: Math.min(sliceFrom + sliceSec, toSec) }, asking.signal);
    for (const point of edgePoints(seconds.get(edgeKeyText(edge)) ?? [], { fromSec: sliceFrom, stepSec })) points.push(point);
    await asking.nextTurn();
  }
  return bodyOf({ edge, stepSec, points } satisfies EdgeSeriesView, asking);
}

/** A ComparisonView. */
export async function answerComparison({ fault }: QuestionOf<'comparison'>, asking: Asking): Promise<JsonBody> {
  return bodyOf(await compareFault(asking.source, fault, asking.signal), asking);
}

function bodyOf(view: unknown, asking: Asking): JsonBody {
  const body = new JsonBody(asking.nextTurn);
  body.write(JSON.stringify(view));
  return body;
}
