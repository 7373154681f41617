import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startEmbeddedPostgres, type EmbeddedPostgres } from '../../support/embedded-postgres.js';
import { MetricClient } from '../../support/metric-client.js';
import { startPrometheus } from '../../support/prometheus-peer.js';
import { startServer, type ServerProcess } from '../../support/server-process.js';
import { openApi } from './metric-api.js';
import type { MetricApi } from './metric-api.js';
import { startNodeExporter } from './node-exporter.js';
import { ownScrapeConfig, prometheusConfig } from './peer-config.js';

/** A real Prometheus that asks a node exporter and itself and sends everything to Faultline, which asks the same exporter too. */
export interface Lab {
  readonly versions: string;
  readonly prometheus: MetricApi;
  readonly faultline: MetricApi;
  readonly startedMs: number;
  killServer(): Promise<void>;
  restartServer(): Promise<void>;
  killExporter(): Promise<void>;
  /** What the server wrote. */
  log(): string;
  stop(): Promise<void>;
}

/** What of it is not on this machine. */
export interface Absent {
  readonly absent: string;
}

type Ending = () => unknown;

export async function startLab(): Promise<Lab | Absent> {
  const endings: Ending[] = [];
  const end = async (): Promise<void> => {
    for (const ending of endings.splice(0).reverse()) await ending();
  };
  try {
    const lab = await build(endings, end);
    if ('absent' in lab) await end();
    return lab;
  } catch (error) {
    await end();
    throw error;
  }
}

async function build(endings: Ending[], stop: () => Promise<void>): Promise<Lab | Absent> {
  const exporter = await startNodeExporter();
  if (exporter === null) return { absent: 'prometheus-node-exporter' };
  endings.push(() => exporter.kill());
  const postgres = await startEmbeddedPostgres();
  endings.push(() => postgres.stop());
  const server = await RestartingServer.open(postgres, ownScrapeConfig({ exporter: exporter.address }));
  endings.push(() => server.stop());
  const port = await freePort();
  const config = prometheusConfig({ exporter: exporter.address, prometheus: `127.0.0.1:${port}` }, { url: `${server.client.origin}/prometheus/api/v1/write`, token: server.client.token });
  const prometheus = await startPrometheus({ outOfOrderSec: 0, config, port });
  if (prometheus === null) return { absent: 'prometheus' };
  endings.push(() => prometheus.stop());
  return {
    versions: `Prometheus ${prometheus.version}, node exporter ${exporter.version}`,
    ...{ prometheus: openApi(prometheus.origin), faultline: server.client, startedMs: Date.now(), stop },
    killServer: () => server.kill9(),
    restartServer: () => server.restart(),
    killExporter: () => exporter.kill(),
    log: () => server.log(),
  };
}

/** One server after another, on the same port and database. */
class RestartingServer {
  private logs = '';

  private constructor(
    private readonly start: () => Promise<ServerProcess>,
    private readonly directory: string,
    private server: ServerProcess,
    readonly client: MetricClient,
  ) {}

  static async open(postgres: EmbeddedPostgres, scrapeConfig: string): Promise<RestartingServer> {
    const directory = mkdtempSync(join(tmpdir(), 'faultline-test-scrape-'));
    const file = join(directory, 'prometheus.yml');
    writeFileSync(file, scrapeConfig);
    const environment = { FAULTLINE_PORT: String(await freePort()), FAULTLINE_SCRAPE_CONFIG: file };
    const start = (): Promise<ServerProcess> => startServer(postgres.url, environment);
    const server = await start();
    return new RestartingServer(start, directory, server, await MetricClient.create(await server.signIn()));
  }

  async kill9(): Promise<void> {
    this.logs += this.server.output();
    await this.server.kill9();
  }

  async restart(): Promise<void> {
    this.server = await this.start();
  }

  log(): string {
    return this.logs + this.server.output();
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
