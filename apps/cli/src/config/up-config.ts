import { resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '#contracts';
import { UP_USAGE, type UpOptions } from './up-options.js';
import type { Invocation } from '../commands/command.js';

export interface UpConfig {
  /** Where the pages and the API are served, on this machine only. */
  readonly port: number;
  /** Absolute. Everything that survives a restart is under it. */
  readonly dataDir: string;
  /** Null: the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** Null: no demo. `rate` multiplies its load; null leaves that to the demo. */
  readonly demo: { readonly rate: number | null } | null;
  /** The system that an agent stands beside when there is no demo; absolute; null: no agent either. */
  readonly systemFile: string | null;
  /** What the owner of this host allows the agent there; absolute; null: faults on proxied edges only, or what the demo allows. */
  readonly policyFile: string | null;
  /** Where the agent serves Toxiproxy's API, on this machine only; null: nowhere. */
  readonly toxiproxyPort: number | null;
  /** A Prometheus configuration of what to scrape; absolute; null: what is started here. */
  readonly scrapeFile: string | null;
  /** Below this much free space nothing starts: PostgreSQL stops hard on a full disk, and 200 MB is an hour of room to react. */
  readonly minFreeBytes: number;
  /** Then npm's end is a reason to stop: nobody would be left to pass signals on. */
  readonly startedByNpm: boolean;
  /** The environment of every child: ours, without what is addressed to us. */
  readonly childEnvironment: Readonly<Record<string, string>>;
}

const MIN_FREE_BYTES = 200_000_000;
/** Where Toxiproxy's clients look when nobody tells them otherwise. */
const TOXIPROXY_PORT = 8_474;

const portSchema = z.number().min(1, 'must be 1 to 65535').max(65_535, 'must be 1 to 65535');

const settingsSchema = z.object({
  '--port': z.string().regex(/^\d{1,5}$/, 'must be a port number').transform(Number).pipe(portSchema).default(7_979),
  '--toxiproxy-port': z.string().regex(/^(off|\d{1,5})$/, 'must be a port number or off').transform((text) => (text === 'off' ? null : Number(text))).pipe(portSchema.nullable()).default(TOXIPROXY_PORT),
  '--data-dir': z.string().min(1, 'must name a directory').default('.faultline'),
  '--rate': z.coerce.number('must be a number').positive('must be above 0').max(20, 'must be at most 20').nullable(),
  '--system': z.string().min(1, 'must name a file').nullable(),
  '--policy': z.string().min(1, 'must name a file').nullable(),
  DATABASE_URL: z.string().refine(isPostgresUrl, 'must be a URL like postgres://user:password@host:5432/database').nullable(),
  FAULTLINE_SCRAPE_CONFIG: z.string().min(1, 'must name a file').nullable(),
  FAULTLINE_LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'], 'must be silent, fatal, error, warn, info, debug or trace').optional(),
});

/** Checks options and environment together; throws USAGE_INVALID with every problem. */
export function parseUpConfig(options: UpOptions & { readonly directory: string }, environment: Invocation['environment']): UpConfig {
  const parsed = settingsSchema.safeParse({
    '--port': options.port,
    '--data-dir': options.dataDir,
    '--rate': options.rate ?? null,
    '--system': options.system ?? null,
    '--policy': options.policy ?? null,
    '--toxiproxy-port': options.toxiproxyPort,
    // Set but empty is how a shell or a compose file says "not set".
    DATABASE_URL: environment['DATABASE_URL'] || null,
    FAULTLINE_SCRAPE_CONFIG: environment['FAULTLINE_SCRAPE_CONFIG'] ?? null,
    FAULTLINE_LOG_LEVEL: environment['FAULTLINE_LOG_LEVEL'],
  });
  const problems = [...unknownSettings(environment), ...contradictions(options)];
  if (!parsed.success) problems.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  if (!parsed.success || problems.length > 0) throw new AppError('USAGE_INVALID', { problem: problems.join('; '), usage: UP_USAGE });
  const settings = parsed.data;
  return Object.freeze({
    port: settings['--port'],
    dataDir: resolve(options.directory, settings['--data-dir']),
    databaseUrl: settings.DATABASE_URL,
    demo: options.demo ? Object.freeze({ rate: settings['--rate'] }) : null,
    systemFile: settings['--system'] === null ? null : resolve(options.directory, settings['--system']),
    policyFile: settings['--policy'] === null ? null : resolve(options.directory, settings['--policy']),
    toxiproxyPort: settings['--toxiproxy-port'],
    scrapeFile: settings.FAULTLINE_SCRAPE_CONFIG === null ? null : resolve(options.directory, settings.FAULTLINE_SCRAPE_CONFIG),
    minFreeBytes: MIN_FREE_BYTES,
    startedByNpm: environment['npm_lifecycle_event'] !== undefined,
    childEnvironment: childEnvironment(environment),
  });
}

// Checked by who reads them: the level by all parts, the limits by the server.
const PASSED_ON = [
  ...['FAULTLINE_LOG_LEVEL', 'FAULTLINE_MAX_ACTIVE_FAULTS', 'FAULTLINE_MAX_SELECTED_PERCENT', 'FAULTLINE_MAX_FAULT_DURATION_SEC', 'FAULTLINE_SCRAPE_CONFIG'],
  ...['KEEP_DAYS', 'MAX_SERIES', 'MAX_SERIES_PER_METRIC', 'OUT_OF_ORDER_SEC', 'JOURNAL_SEC'].map((name) => `FAULTLINE_METRICS_${name}`),
];
// What `fault` and `halt` read may well be set in the shell that `up` is typed in.
const OF_OTHER_COMMANDS = ['FAULTLINE_URL', 'FAULTLINE_TOKEN'];

function unknownSettings(environment: Invocation['environment']): string[] {
  return Object.keys(environment)
    .filter((key) => key.startsWith('FAULTLINE_') && !PASSED_ON.includes(key) && !OF_OTHER_COMMANDS.includes(key))
    .map((key) => `${key} is not a setting of faultline up`);
}

function contradictions(options: UpOptions): string[] {
  if (options.demo && options.system !== undefined) return ['--system needs --no-demo: the demo brings its own system'];
  if (options.policy !== undefined && options.system === undefined) return ['--policy needs --system: it is for the agent beside that system'];
  return !options.demo && options.rate !== undefined ? ['--rate is the load of the demo, which --no-demo leaves out'] : [];
}

// The database URL goes only to the children that need it; npm's variables would make a child believe that npm runs it.
function childEnvironment(environment: Invocation['environment']): Record<string, string> {
  const kept = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined && !/^(npm_|INIT_CWD$|DATABASE_URL$|FAULTLINE_URL$|FAULTLINE_TOKEN$)/.test(entry[0]));
  return Object.freeze(Object.fromEntries(kept));
}

function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol);
}
