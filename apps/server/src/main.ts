import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SignInLinksService } from './access/sign-in-links.service.js';
import { EnrolTokens } from './agents/enrol-tokens.service.js';
import { parseConfig, type ServerConfig } from './config/config.js';
import { StartError } from './config/start-error.js';
import { onStopRequest, tellParent } from './parent-process.js';
import { findPortHolder } from './port-holder.js';
import { createServer } from './server.js';

// The supervisor kills what is not gone by then; agents end their faults by lease either way.
const STOP_WITHIN_MS = 5_000;

const log = new Logger('Server');
let running: NestFastifyApplication | null = null;

onStopRequest((reason) => void stop(reason));
try {
  await start(parseConfig(process.env));
} catch (error) {
  await fail(error);
}

async function start(config: ServerConfig): Promise<void> {
  const app = await createServer(config);
  running = app;
  await listen(app, config);
  const link = await app.get(SignInLinksService).createAtStart();
  const { token: enrolToken } = await app.get(EnrolTokens).issue();
  log.log(`Faultline serves ${config.http.origin}${link === null ? '' : `; sign in once with ${link.url}`}`);
  await tellParent({ type: 'ready', server: { origin: config.http.origin, signInUrl: link?.url ?? null, enrolToken } });
}

async function listen(app: NestFastifyApplication, { http: { host, port } }: ServerConfig): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (cause) {
    throw new StartError(await explainListenFailure(cause, host, port), { cause });
  }
}

async function explainListenFailure(cause: unknown, host: string, port: number): Promise<string> {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is taken by ${(await findPortHolder(port)) ?? 'another process'}: stop it, or choose another with FAULTLINE_PORT.`;
  if (code === 'EACCES') return `Port ${port} may not be opened by this user: choose one above 1023 with FAULTLINE_PORT.`;
  if (code === 'EADDRNOTAVAIL') return `This machine has no address ${host}: correct FAULTLINE_HOST.`;
  return `Cannot listen on ${host}:${port}: ${String(cause)}.`;
}

// A mistake of ours that nothing handled: what it left behind is unknown, so this process ends and the supervisor starts a clean one.
process.on('uncaughtException', (error) => {
  log.fatal(error, 'Unhandled failure');
  void stop('an unhandled failure', 1);
});

/** One line for what the operator can mend, everything for a mistake of ours; then the end. */
async function fail(error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof StartError) process.stderr.write(`${message}\n`);
  else log.error(error, 'The server could not start');
  await tellParent({ type: 'failed', message: message.slice(0, 1_000) });
  await stop('the start failed', 1);
}

async function stop(reason: string, exitCode = 0): Promise<void> {
  log.log(`Stopping: ${reason}`);
  setTimeout(() => process.exit(exitCode), STOP_WITHIN_MS).unref();
  try {
    await running?.close();
  } catch (error) {
    log.error(error, 'Stopping was not clean');
  }
  process.exit(exitCode);
}
