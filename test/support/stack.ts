import type { AgentSystem } from '#contracts';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from './api-client.js';
import { freePort } from './embedded-postgres.js';
import { PROJECT_ROOT } from './project-root.js';
import { waitUntil } from './wait-until.js';

/** Everything `npm start` starts, as one real process tree over a throw-away data directory. */
export interface Stack {
  readonly origin: string;
  readonly signInUrl: string;
  readonly dataDir: string;
  readonly pid: number;
  output(): string;
  signIn(): Promise<ApiClient>;
  system(): Promise<AgentSystem>;
  /** Ends it as Ctrl-C would and removes its data. */
  stop(): Promise<void>;
}

export async function startStack(options: readonly string[] = []): Promise<Stack> {
  const dataDir = await mkdtemp(join(tmpdir(), 'faultline-e2e-'));
  const port = await freePort();
  const args = [join(PROJECT_ROOT, 'dist/apps/cli/src/main.js'), 'up', '--port', String(port), '--data-dir', dataDir, ...options];
  const child = spawn(process.execPath, args, { cwd: PROJECT_ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (output += String(bytes)));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
    await rm(dataDir, { recursive: true, force: true });
  };
  const failed = exited.then(() => Promise.reject(new Error(`it exited with ${child.exitCode}`)));
  const printed = waitUntil('the sign-in link is printed', () => /https?:\/\/\S*#sign-in=\S+/.exec(output)?.[0]);
  const link = await Promise.race([printed, failed]).catch(async (error: unknown) => {
    await stop();
    throw new Error(`The stack did not start. It printed:\n${output}`, { cause: error });
  });
  // It exits in the end, and by then nobody waits for the link.
  failed.catch(() => undefined);
  return {
    origin: new URL(link).origin,
    signInUrl: link,
    dataDir,
    pid: child.pid ?? 0,
    output: () => output,
    signIn: () => ApiClient.signIn(link),
    system: async () => JSON.parse(await readFile(join(dataDir, 'demo', 'system.json'), 'utf8')) as AgentSystem,
    stop,
  };
}
