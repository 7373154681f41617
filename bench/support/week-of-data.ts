import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbeddedPostgres } from '../../test/support/embedded-postgres.js';
import type { MetricClient } from '../../test/support/metric-client.js';
import { prometheusVersion, startPrometheus, type PrometheusPeer } from '../../test/support/prometheus-peer.js';
import { waitUntil } from '../../test/support/wait-until.js';
import { intoBlocks, intoFaultline, loadWeek, WEEK_MS } from './load-week.js';

const TWO_HOURS_MS = 2 * 3_600_000;
// What is over for so long is in segments, and Prometheus has written it to disk.
const ENDED_BEFORE_MS = 4 * 3_600_000;
const SETTLED_WITHIN_MS = 240_000;
// Prometheus looks once a minute for blocks to compact, and then goes on until there are none.
const COMPACTION_STARTS_WITHIN_MS = 90_000;
const QUIET_MS = 10_000;

/** The same week of ServiceMix in Faultline and, where there is one, in a Prometheus. */
export interface WeekOfData {
  readonly endMs: number;
  readonly samples: number;
  readonly series: number;
  readonly prometheus: PrometheusPeer | null;
  /** Ends the Prometheus and deletes its blocks. */
  stop(): Promise<void>;
}

export async function loadWeekOfData(client: MetricClient, postgres: EmbeddedPostgres): Promise<WeekOfData> {
  const endMs = Math.floor((Date.now() - ENDED_BEFORE_MS) / TWO_HOURS_MS) * TWO_HOURS_MS;
  const hasPeer = (await prometheusVersion()) !== null;
  const blocksDir = await mkdtemp(join(tmpdir(), 'faultline-bench-blocks-'));
  const loaded = await loadWeek(endMs - WEEK_MS, [intoFaultline(client), ...(hasPeer ? [intoBlocks(blocksDir)] : [])]);
  await waitUntil('all is in segments', () => isSettled(postgres), SETTLED_WITHIN_MS);
  const prometheus = hasPeer ? await startPrometheus({ outOfOrderSec: 0, blocksDir }) : null;
  if (prometheus !== null) await compacted(prometheus);
  const stop = async (): Promise<void> => {
    await prometheus?.stop();
    await rm(blocksDir, { recursive: true });
  };
  return { endMs, ...loaded, prometheus, stop };
}

/** Whether nothing is left in the journal, and so in memory, or in recent blocks. */
async function isSettled(postgres: EmbeddedPostgres): Promise<boolean> {
  const [left] = await postgres.query<{ samples: string }>('SELECT (SELECT count(*) FROM metric_recent) + (SELECT count(*) FROM metric_journal) AS samples');
  return left?.samples === '0';
}

/** As production has it: few large blocks of what was many small ones. */
async function compacted(peer: PrometheusPeer): Promise<void> {
  const first = await compactions(peer);
  await waitUntil('Prometheus compacts', async () => (await compactions(peer)) > first, COMPACTION_STARTS_WITHIN_MS);
  let [count, sinceMs] = [first, performance.now()];
  await waitUntil('Prometheus has compacted', async () => {
    const now = await compactions(peer);
    if (now !== count) [count, sinceMs] = [now, performance.now()];
    return performance.now() - sinceMs > QUIET_MS;
  });
}

async function compactions({ origin }: PrometheusPeer): Promise<number> {
  const text = await (await fetch(`${origin}/metrics`)).text();
  return Number(/^prometheus_tsdb_compactions_total (\S+)$/m.exec(text)?.[1]);
}
