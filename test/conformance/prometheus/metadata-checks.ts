import { setTimeout as sleep } from 'node:timers/promises';
import { checkOf } from './checks.js';
import type { Check } from './checks.js';
import { listDifference } from './compare-series.js';
import { keyOf, need } from './metric-api.js';
import type { LabelSet, MetricApi, Parameters } from './metric-api.js';
import { SENT_JOBS } from './written-window.js';

type Families = Readonly<Record<string, readonly { readonly type: string; readonly help: string }[]>>;
type Span = { readonly fromMs: number; readonly toMs: number };

interface Question {
  readonly path: string;
  readonly match: string;
}

const QUESTIONS: readonly Question[] = [
  { path: 'series', match: '{job="node"}' },
  { path: 'series', match: '{job="prometheus",__name__=~"prometheus_.*_bucket"}' },
  { path: 'labels', match: `{${SENT_JOBS}}` },
  { path: 'label/job/values', match: `{${SENT_JOBS}}` },
  { path: 'label/__name__/values', match: '{job="prometheus"}' },
  { path: 'label/le/values', match: `{${SENT_JOBS}}` },
  { path: 'label/device/values', match: '{job="node",__name__=~"node_(disk|network)_.*"}' },
];
const TRIES = 5;
const AGAIN_AFTER_MS = 1_000;

export async function checkMetadata(prometheus: MetricApi, faultline: MetricApi, span: Span): Promise<Check[]> {
  const checks: Check[] = [];
  for (const question of QUESTIONS) checks.push(await checkNames(prometheus, faultline, question, span));
  checks.push(await checkTypes(prometheus, faultline));
  return checks;
}

async function checkNames(prometheus: MetricApi, faultline: MetricApi, { path, match }: Question, { fromMs, toMs }: Span): Promise<Check> {
  const parameters = { 'match[]': match, start: String(fromMs / 1_000), end: String(toMs / 1_000) };
  const expected = await namesOf(prometheus, path, parameters);
  const problem = expected.length === 0 ? 'Prometheus found nothing' : listDifference(expected, await namesOf(faultline, path, parameters));
  return checkOf(`/${path}?match[]=${match} (${expected.length})`, problem);
}

async function namesOf(api: MetricApi, path: string, parameters: Parameters): Promise<string[]> {
  const data = await need<readonly (string | LabelSet)[]>(api, path, parameters);
  return data.map((one) => (typeof one === 'string' ? one : keyOf(one)));
}

/** Metadata is sent now and then, so it may take a moment. */
async function checkTypes(prometheus: MetricApi, faultline: MetricApi): Promise<Check> {
  for (let tries = 1; ; tries += 1) {
    const [expected, got] = [await need<Families>(prometheus, 'metadata', {}), await need<Families>(faultline, 'metadata', {})];
    const names = Object.keys(expected);
    const problem = listDifference(names.map((name) => typeText(name, expected)), names.flatMap((name) => (Object.hasOwn(got, name) ? typeText(name, got) : [])));
    if (problem === null || tries === TRIES) return checkOf(`/metadata: type and help of every family that Prometheus knows (${names.length})`, problem);
    await sleep(AGAIN_AFTER_MS);
  }
}

function typeText(name: string, families: Families): string {
  return `${name} ${families[name]!.map(({ type, help }) => `${type} ${help}`).join(' and ')}`;
}
