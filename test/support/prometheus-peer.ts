import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './embedded-postgres.js';
import { waitUntil } from './wait-until.js';

export interface PrometheusPeer {
  readonly origin: string;
  readonly version: string;
  readonly pid: number;
  readonly dataDir: string;
  stop(): Promise<void>;
}

export interface PrometheusOptions {
  /** How old samples may be that it receives. */
  readonly outOfOrderSec: number;
  /** More of its configuration. */
  readonly config?: string;
  /** Where it listens; any free port if it is not said. */
  readonly port?: number;
  /** Blocks that it is to serve; a folder of its own, deleted with the rest, if it is not said. */
  readonly blocksDir?: string;
}

/** The `prometheus` of this machine as a peer, with its receiver on; null where there is none. */
export async function startPrometheus({ outOfOrderSec, config = '', port: wantedPort, blocksDir }: PrometheusOptions): Promise<PrometheusPeer | null> {
  const version = await prometheusVersion();
  if (version === null) return null;
  const dataDir = mkdtempSync(join(tmpdir(), 'faultline-test-prometheus-'));
  const configFile = join(dataDir, 'prometheus.yml');
  writeFileSync(configFile, `storage: { tsdb: { out_of_order_time_window: ${outOfOrderSec}s } }\n${config}`);
  const port = wantedPort ?? (await freePort());
  const args = [`--config.file=${configFile}`, `--storage.tsdb.path=${blocksDir ?? join(dataDir, 'tsdb')}`, `--web.listen-address=127.0.0.1:${port}`, '--web.enable-remote-write-receiver', '--storage.tsdb.retention.time=60d', '--log.level=error'];
  const child = spawn('prometheus', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const origin = `http://127.0.0.1:${port}`;
  await waitUntil('Prometheus is ready', async () => (await fetch(`${origin}/-/ready`)).ok);
  return {
    ...{ origin, version, dataDir, pid: child.pid ?? 0 },
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Null where there is none. */
export async function prometheusVersion(): Promise<string | null> {
  try {
    const { stdout, stderr } = await promisify(execFile)('prometheus', ['--version']);
    return /version (\S+)/.exec(stdout + stderr)?.[1] ?? 'of unknown version';
  } catch {
    return null;
  }
}
