import { waitUntil } from '../../support/wait-until.js';
import { rawSeries } from './metric-api.js';
import type { MetricApi } from './metric-api.js';

/** Everything that Prometheus asks and sends on. */
export const SENT_JOBS = 'job=~"node|prometheus"';
const LOOK_BACK_MS = 600_000;

/** Resolves when everything that Prometheus collected until `timeMs` has arrived: one shard sends in order, and `up` is the last of each round. */
export async function untilWritten(faultline: MetricApi, timeMs: number): Promise<void> {
  await waitUntil('remote write has caught up', async () => {
    const newest = (await roundTimes(faultline, Date.now())).map((timesMs) => timesMs.at(-1)!);
    return newest.length === 2 && newest.every((newestMs) => newestMs > timeMs) ? true : undefined;
  });
}

/** Times of all rounds, of both jobs: every sample of a round has the same. */
export async function roundTimes(api: MetricApi, untilMs: number): Promise<readonly (readonly number[])[]> {
  const series = await rawSeries(api, `up{${SENT_JOBS}}`, untilMs, LOOK_BACK_MS);
  return series.map(({ values }) => values.map(([sec]) => Math.round(sec * 1_000)));
}
