import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { freePort } from '../../support/embedded-postgres.js';
import { waitUntil } from '../../support/wait-until.js';

const PROGRAM = 'prometheus-node-exporter';

export interface NodeExporter {
  readonly address: string;
  readonly version: string;
  kill(): Promise<void>;
}

/** The node exporter of this machine; null where there is none. */
export async function startNodeExporter(): Promise<NodeExporter | null> {
  const version = await versionOf();
  if (version === null) return null;
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(PROGRAM, [`--web.listen-address=${address}`, '--log.level=error'], { stdio: 'ignore' });
  await waitUntil('the node exporter answers', async () => (await fetch(`http://${address}/metrics`)).ok);
  return {
    address,
    version,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function versionOf(): Promise<string | null> {
  try {
    const { stdout, stderr } = await promisify(execFile)(PROGRAM, ['--version']);
    return /version (\S+)/.exec(stdout + stderr)?.[1] ?? 'of unknown version';
  } catch {
    return null;
  }
}
