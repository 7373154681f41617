import { waitUntil } from '../../support/wait-until.js';
import { checkOf } from './checks.js';
import type { Check } from './checks.js';
import { listDifference } from './compare-series.js';
import { keyOf, vectorOf } from './metric-api.js';
import type { LabelSet, MetricApi } from './metric-api.js';
import { OWN_JOB } from './peer-config.js';

const WITHIN_MS = 20_000;

/** What Faultline gets from the exporter by asking it itself, beside what Prometheus gets. */
export async function checkOwnScrape(prometheus: MetricApi, faultline: MetricApi): Promise<Check[]> {
  let found = 0;
  // Devices come and go on a machine that others use; the two do not ask at the same moment.
  const difference = await lastProblem(async () => {
    const [expected, got] = [await namesOf(prometheus, 'node'), await namesOf(faultline, OWN_JOB)];
    found = expected.length;
    return found === 0 ? 'Prometheus has no series' : listDifference(expected, got);
  });
  return [
    checkOf(`Faultline's own scrape of the exporter has the series of Prometheus' (${found})`, difference),
    checkOf(`up is 1 for Faultline's own scrape`, await lastProblem(() => upProblem(faultline, OWN_JOB, '1'))),
  ];
}

/** After the exporter was killed. Without markers of staleness its series would be seen for five minutes more. */
export async function checkExporterGone(faultline: MetricApi): Promise<Check[]> {
  const checks: Check[] = [];
  for (const job of [OWN_JOB, 'node']) {
    const by = job === 'node' ? 'sent by Prometheus' : `asked by Faultline`;
    checks.push(checkOf(`up is 0 after the exporter was killed, ${by}`, await lastProblem(() => upProblem(faultline, job, '0'))));
    checks.push(checkOf(`the exporter's series have ended, ${by}`, await lastProblem(() => leftProblem(faultline, job))));
  }
  return checks;
}

async function upProblem(api: MetricApi, job: string, expected: string): Promise<string | null> {
  const found = (await vectorOf(api, `up{job="${job}"}`)).map(({ value }) => value[1]);
  return found.length === 1 && found[0] === expected ? null : `up is ${JSON.stringify(found)}`;
}

async function leftProblem(api: MetricApi, job: string): Promise<string | null> {
  const left = await namesOf(api, job, ',__name__!="up",__name__!~"scrape_.*"');
  return left.length === 0 ? null : `${left.length} are still there, such as ${left[0]}`;
}

async function namesOf(api: MetricApi, job: string, more = ''): Promise<string[]> {
  return (await vectorOf(api, `{job="${job}"${more}}`)).map(({ metric }) => keyOf(withoutJob(metric)));
}

/** Since Prometheus 3, bounds and quantiles that are whole numbers are written with a fraction; 2 keeps them as they were exposed. */
function withoutJob(labels: LabelSet): LabelSet {
  const kept = Object.entries(labels).filter(([name]) => name !== 'job');
  return Object.fromEntries(kept.map(([name, value]) => [name, name === 'quantile' || name === 'le' ? String(Number(value)) : value]));
}

/** Null as soon as there is no problem; the last one when it stays. */
async function lastProblem(find: () => Promise<string | null>): Promise<string | null> {
  let problem: string | null = null;
  await waitUntil('there is no problem', async () => (problem = await find()) === null, WITHIN_MS).catch(() => undefined);
  return problem;
}
