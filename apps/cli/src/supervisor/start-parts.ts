import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AGENT_NODE_FLAGS, AppError } from '#contracts';
import { KeptProcess } from '../children/kept-process.js';
import { LogFile } from '../children/log-file.js';
import { nodeChildPlan, runNodeChild, type NodeChild, type ReadyMessage } from '../children/node-child.js';
import type { UpConfig } from '../config/up-config.js';
import type { ProgressConsole } from '../console/progress-console.js';
import type { DataDir } from '../data-dir/data-dir.js';
import { prepareEmbeddedPostgres } from '../postgres/embedded-postgres.js';
import type { Parts } from './parts.js';
import { scrapeConfig } from './scrape-config.js';
import type { StopOrder } from './stop-order.js';

export interface StartContext {
  readonly config: UpConfig;
  readonly parts: Parts;
  readonly dataDir: DataDir;
  readonly console: ProgressConsole;
  readonly order: StopOrder;
}

export type ServerAddress = NonNullable<ReadyMessage['server']>;

/** When each part's stop must be over, in ms from the beginning of the whole stop, so that all of it stays under 10 s; also their order. */
const STOP_WITHIN_MS = { demo: 3_000, agent: 6_000, server: 7_500, database: 8_500 } as const;
type PartName = keyof typeof STOP_WITHIN_MS;

/** Starts everything in the order of who needs whom; resolves with where the server is when all of it is healthy. */
export async function startParts(context: StartContext): Promise<ServerAddress> {
  const { config, dataDir } = context;
  const databaseUrl = await startDatabase(context);
  const demo = config.demo === null ? null : new Demo(context, { databaseUrl, folder: dataDir.demo, rate: config.demo.rate });
  await demo?.plan();
  // The shop and the server use different cores; the shop's first calls to itself fail until the agent's proxies listen, a second later.
  const files = demo === null ? config : demo;
  await writeScrapeFile(context);
  const [address] = await Promise.all([startServerAndAgent(context, databaseUrl, files), demo?.start()]);
  return address;
}

/** What an agent stands beside and what it may do there; no agent without a system. */
type AgentFiles = Pick<UpConfig, 'systemFile' | 'policyFile'>;

async function startServerAndAgent(context: StartContext, databaseUrl: string, files: AgentFiles): Promise<ServerAddress> {
  const address = await startServer(context, databaseUrl);
  if (files.systemFile !== null) await startAgent(context, { ...files, systemFile: files.systemFile }, address);
  return address();
}

async function startDatabase(context: StartContext): Promise<string> {
  if (context.config.databaseUrl !== null) return context.config.databaseUrl;
  const { console, dataDir } = context;
  const report = (text: string): void => console.step('database', text);
  const database = await prepareEmbeddedPostgres({ dataDir, report, onDiskFull: () => warnDiskFull(context) });
  await startKept(context, 'database', database.process);
  return database.url;
}

/** What is scraped unless the user says otherwise: what was started here. */
async function writeScrapeFile({ config, dataDir }: StartContext): Promise<void> {
  const targetsFile = config.demo === null ? null : join(dataDir.demo, 'targets.json');
  const agent = config.demo === null && config.systemFile === null ? null : config.toxiproxyPort;
  await writeFile(dataDir.scrapeFile, scrapeConfig({ targetsFile, agentPort: agent }));
}

async function startServer(context: StartContext, databaseUrl: string): Promise<() => ServerAddress> {
  const { config, parts } = context;
  let address: ServerAddress | null = null;
  await startChild(context, {
    name: 'server',
    entry: parts.server,
    args: () => [],
    directory: parts.directory,
    environment: () => ({
      ...config.childEnvironment,
      FAULTLINE_SCRAPE_CONFIG: config.scrapeFile ?? context.dataDir.scrapeFile,
      DATABASE_URL: databaseUrl,
      FAULTLINE_PORT: String(config.port),
      FAULTLINE_WEB_DIR: parts.webDir,
      // Whoever can start Faultline on this machine owns its data, so a fresh way in at every start gives nothing away.
      FAULTLINE_SIGN_IN_LINK: 'always',
    }),
    onReady: (message) => (address = message.server ?? null),
  });
  return () => {
    if (address === null) throw new AppError('CHILD_FAILED', { child: 'server', reason: 'it did not say where it is.' });
    return address;
  };
}

async function startAgent(context: StartContext, { systemFile, policyFile }: AgentFiles & { readonly systemFile: string }, address: () => ServerAddress): Promise<void> {
  const { config, parts, dataDir } = context;
  await startChild(context, {
    name: 'agent',
    entry: parts.agent,
    nodeFlags: AGENT_NODE_FLAGS,
    args: () => [],
    directory: parts.directory,
    environment: () => ({
      ...config.childEnvironment,
      FAULTLINE_SERVER: `ws://127.0.0.1:${config.port}`,
      FAULTLINE_AGENT_SYSTEM: systemFile,
      FAULTLINE_AGENT_DATA: dataDir.agent,
      FAULTLINE_ENROL_TOKEN: address().enrolToken,
      FAULTLINE_AGENT_TOXIPROXY: config.toxiproxyPort === null ? 'off' : `127.0.0.1:${config.toxiproxyPort}`,
      ...(policyFile !== null && { FAULTLINE_AGENT_POLICY: policyFile }),
    }),
  });
}

/** The demo shop: planned first, because the agent stands beside what the plan says. */
class Demo {
  constructor(
    private readonly context: StartContext,
    private readonly settings: { readonly databaseUrl: string; readonly folder: string; readonly rate: number | null },
  ) {}

  /** What the agent needs to know of the shop; beside it the plan writes the agent's policy, and `demo-plan.json` for the shop itself. */
  get systemFile(): string {
    return join(this.settings.folder, 'system.json');
  }

  get policyFile(): string {
    return join(this.settings.folder, 'policy.json');
  }

  async plan(): Promise<void> {
    await runNodeChild(this.#child(['plan', '--out', this.systemFile]), this.context.order.closing);
  }

  async start(): Promise<void> {
    const { rate, folder } = this.settings;
    await startChild(this.context, this.#child(['run', '--plan', join(folder, 'demo-plan.json'), ...(rate === null ? [] : ['--rate', String(rate)])]));
  }

  #child(args: readonly string[]): NodeChild & { readonly name: 'demo' } {
    const { config, parts } = this.context;
    // In the environment and not among the arguments, which everybody on the machine may read.
    const environment = { ...config.childEnvironment, DATABASE_URL: this.settings.databaseUrl };
    return { name: 'demo', entry: parts.demo, args: () => args, directory: parts.directory, environment: () => environment };
  }
}

async function startChild(context: StartContext, child: NodeChild & { readonly name: PartName }): Promise<void> {
  const log = new LogFile(join(context.dataDir.log, `${child.name}.log`), () => warnDiskFull(context));
  await startKept(context, child.name, new KeptProcess(nodeChildPlan(child), log, (text) => context.console.step(child.name, text)));
}

async function startKept({ order, console }: StartContext, name: PartName, kept: KeptProcess): Promise<void> {
  const added = order.add({ name, stopWithinMs: STOP_WITHIN_MS[name], stop: (limitMs) => kept.stop(limitMs), kill: () => kept.kill() });
  if (!added) return;
  await kept.start();
  console.step(name, 'ready');
}

function warnDiskFull({ console, dataDir }: StartContext): void {
  console.line(`faultline: the disk is full: log lines under ${dataDir.log} are being lost. Free some space.`);
}
