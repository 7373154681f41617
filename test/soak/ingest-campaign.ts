import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '#faults';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../support/embedded-postgres.js';
import { MetricClient } from '../support/metric-client.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { waitUntil } from '../support/wait-until.js';
import { IngestSender } from './ingest-sender.js';

export interface IngestCampaignOptions {
  readonly times: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

export interface IngestCampaignResult {
  readonly acknowledged: number;
  /** Acknowledged and not read back, or read back with another value. */
  readonly lost: number;
  /** Read back and never sent. */
  readonly invented: number;
  readonly kills: Readonly<Record<Victim, number>>;
  readonly problems: readonly string[];
}

type Victim = 'server' | 'postgres' | 'both';
const VICTIMS: readonly Victim[] = ['server', 'postgres', 'both'];
const SENDERS = 4;
const HOUR_MS = 3_600_000;
// Far back, so that windows are over and become segments while samples still come.
const FIRST_AGO_MS = 120 * HOUR_MS;
// A journal of seconds, so that kills also meet what moves samples to rest.
const ENVIRONMENT = { FAULTLINE_METRICS_JOURNAL_SEC: '2', FAULTLINE_LOG_LEVEL: 'info' };

/** Kills the server, PostgreSQL or both under ingest, again and again; then reads everything back. */
export async function runIngestCampaign({ times, seed, say }: IngestCampaignOptions): Promise<IngestCampaignResult> {
  const random = seededRandom(seed);
  const world = await IngestWorld.start();
  let stopping = false;
  const firstMs = Math.floor((Date.now() - FIRST_AGO_MS) / 1_000) * 1_000;
  const senders = Array.from({ length: SENDERS }, (_, i) => new IngestSender(`sender-${i}`, i % 2 === 0 ? 2 : 1, firstMs));
  const sending = senders.map((sender) => sender.run(() => world.client, () => stopping));
  const kills = { server: 0, postgres: 0, both: 0 };
  try {
    for (let round = 1; round <= times; round += 1) {
      await sleep(200 + random() * 2_500);
      const victim = VICTIMS[Math.floor(random() * VICTIMS.length)]!;
      const before = acknowledgedBy(senders);
      await world.kill(victim);
      kills[victim] += 1;
      await waitUntil('samples are acknowledged again', () => acknowledgedBy(senders) > before || senders.some(({ problem }) => problem !== null));
      say(`${round}/${times} killed ${victim}; ${acknowledgedBy(senders)} samples acknowledged`);
    }
    stopping = true;
    await Promise.all(sending);
    const read = await readBack(world.client, senders, firstMs);
    const problems = senders.flatMap(({ problem }) => (problem === null ? [] : [problem]));
    return { acknowledged: acknowledgedBy(senders), ...read, kills, problems };
  } catch (error) {
    say(world.log().split('\n').slice(-40).join('\n'));
    throw error;
  } finally {
    stopping = true;
    await Promise.allSettled(sending);
    await world.stop();
  }
}

function acknowledgedBy(senders: readonly IngestSender[]): number {
  return senders.reduce((sum, { samplesAcknowledged }) => sum + samplesAcknowledged, 0);
}

/** Every series of every sender, sample by sample. */
async function readBack(client: MetricClient, senders: readonly IngestSender[], firstMs: number): Promise<{ lost: number; invented: number }> {
  let lost = 0;
  let invented = 0;
  for (const sender of senders) {
    for (const [place, labels] of sender.series.entries()) {
      const { must, may } = sender.expected(place);
      const selector = `${labels['__name__']}{sender="${labels['sender']}",place="${place}"}`;
      const raw = await client.raw(selector, { fromMs: firstMs - HOUR_MS, toMs: Date.now() });
      const found = new Map([...raw.values()].flat());
      lost += must.filter(([timeMs, value]) => found.get(timeMs) !== value).length;
      const sent = new Map([...must, ...may]);
      invented += [...found].filter(([timeMs, value]) => sent.get(timeMs) !== value).length;
    }
  }
  return { lost, invented };
}

class IngestWorld {
  private logs = '';

  private constructor(
    private readonly postgres: EmbeddedPostgres,
    private server: ServerProcess,
    public client: MetricClient,
  ) {}

  static async start(): Promise<IngestWorld> {
    const postgres = await startEmbeddedPostgres();
    const server = await startServer(postgres.url, ENVIRONMENT);
    return new IngestWorld(postgres, server, await MetricClient.create(await server.signIn()));
  }

  /** With SIGKILL, and starts it again. */
  async kill(victim: Victim): Promise<void> {
    if (victim !== 'server') await this.postgres.kill9();
    if (victim !== 'postgres') {
      this.logs += this.server.output();
      await this.server.kill9();
    }
    if (victim !== 'server') await this.postgres.restart();
    if (victim !== 'postgres') {
      this.server = await startServer(this.postgres.url, { ...ENVIRONMENT, FAULTLINE_PORT: String(this.server.port) });
      this.client = this.client.at(this.server.origin);
    }
  }

  log(): string {
    return this.logs + this.server.output();
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await this.postgres.stop();
  }
}
