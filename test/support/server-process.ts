import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { childMessageSchema, type ChildMessage, type Role, type SignInLinkView } from '#contracts';
import { ApiClient } from './api-client.js';
import { freePort } from './embedded-postgres.js';
import { PROJECT_ROOT } from './project-root.js';

const MAIN = join(PROJECT_ROOT, 'dist/apps/server/src/main.js');

type Ready = Extract<ChildMessage, { type: 'ready' }>;
type ServerStart = NonNullable<Ready['server']>;

/** The compiled server as a real child process with an IPC channel, as the supervisor starts it. */
export interface ServerProcess {
  readonly origin: string;
  readonly port: number;
  readonly pid: number;
  /** What it said when it was ready. */
  readonly ready: ServerStart;
  /** Everything it wrote. */
  output(): string;
  /** A client signed in as a user of that role; admin is the owner of the start-up link. */
  signIn(role?: Role): Promise<ApiClient>;
  /** As the supervisor stops it; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Closes only the IPC channel, as a killed supervisor would; resolves with the exit code. */
  abandon(): Promise<number | null>;
  kill9(): Promise<void>;
}

/** How a server that could not start ended. */
export interface FailedStart {
  readonly message: string | null;
  readonly exitCode: number | null;
  readonly output: string;
}

interface Launched {
  readonly child: ChildProcess;
  readonly port: number;
  output(): string;
}

/** Starts a server that is expected to become ready. `environment` adds to or replaces the settings. */
export async function startServer(databaseUrl: string, environment: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  const launched = await launch(databaseUrl, environment);
  const message = await firstWord(launched.child);
  if (message?.type !== 'ready' || message.server === undefined) throw new Error(`The server did not start: ${JSON.stringify(message)}\n${launched.output()}`);
  return running(launched, message.server);
}

/** Starts a server that is expected to fail. */
export async function failToStart(databaseUrl: string, environment: Readonly<Record<string, string>> = {}): Promise<FailedStart> {
  const { child, output } = await launch(databaseUrl, environment);
  const message = await firstWord(child);
  if (message?.type === 'ready') child.kill('SIGKILL');
  const exitCode = await exitOf(child);
  return { message: message?.type === 'failed' ? message.message : null, exitCode, output: output() };
}

async function launch(databaseUrl: string, environment: Readonly<Record<string, string>>): Promise<Launched> {
  const port = Number(environment['FAULTLINE_PORT'] ?? (await freePort()));
  const env = { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, FAULTLINE_PORT: String(port), FAULTLINE_SIGN_IN_LINK: 'always', FAULTLINE_LOG_LEVEL: 'info', ...environment };
  const child = fork(MAIN, [], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => (output += String(bytes)));
  return { child, port, output: () => output };
}

/** The first `ready` or `failed`; null when it ended without a word. */
function firstWord(child: ChildProcess): Promise<ChildMessage | null> {
  return new Promise((resolve) => {
    child.on('message', (raw) => {
      const message = childMessageSchema.parse(raw);
      if (message.type !== 'progress') resolve(message);
    });
    child.once('exit', () => resolve(null));
  });
}

function running({ child, port, output }: Launched, ready: ServerStart): ServerProcess {
  const owner = shared(() => ApiClient.signIn(ready.signInUrl ?? ''));
  const end = async (how: () => unknown): Promise<number | null> => {
    const exitCode = exitOf(child);
    how();
    return exitCode;
  };
  return {
    origin: ready.origin,
    port,
    pid: child.pid ?? 0,
    ready,
    output,
    signIn: async (role = 'admin') => (role === 'admin' ? owner() : signInAs(await owner(), role)),
    stop: () => end(() => child.kill('SIGTERM')),
    abandon: () => end(() => child.disconnect()),
    kill9: async () => void (await end(() => child.kill('SIGKILL'))),
  };
}

async function signInAs(admin: ApiClient, role: Role): Promise<ApiClient> {
  const link = await admin.need<SignInLinkView>('POST', '/api/sign-in-links', { name: `a ${role}`, role });
  return ApiClient.signIn(link.url);
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  return exitCode;
}

// The start-up link works once, so everybody who asks for the owner shares the one session.
function shared<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}
