import { resolve } from 'node:path';
import { z } from 'zod';
import { MAX_FAULT_DURATION_MS } from '#contracts';
import { ConfigError } from './start-error.js';

export const SERVER_CONFIG = Symbol('SERVER_CONFIG');

export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** `first`: a sign-in link at start only while no admin has ever signed in. `always`: at every start. */
export type SignInLinkPolicy = 'first' | 'always';

export interface FaultLimits {
  readonly maxActiveFaults: number;
  /** Share of all known targets of one type that one selection may hit; one target is always allowed. */
  readonly maxSelectedPercent: number;
  readonly maxFaultDurationSec: number;
}

export interface MetricConfig {
  readonly keepDays: number;
  /** Series that are being written at one time. */
  readonly maxSeries: number;
  readonly maxSeriesPerMetric: number;
  /** How much older than the newest sample of its series a sample may be. */
  readonly outOfOrderMs: number;
  /** How long samples stay in the journal, which is read when the server starts, before they move to blocks. */
  readonly journalMs: number;
  /** Absolute path of a Prometheus configuration whose scrape section is used; null for none. */
  readonly scrapeFile: string | null;
}

export interface ServerConfig {
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Scheme, host and port under which browsers reach the pages. */
    readonly origin: string;
    /** Absolute path of the built web files. */
    readonly webDir: string;
  };
  readonly storage: { readonly url: string };
  readonly access: { readonly signInLink: SignInLinkPolicy };
  /** How far faults may reach at most, whoever asks. */
  readonly limits: FaultLimits;
  readonly metrics: MetricConfig;
  readonly log: { readonly level: LogLevel };
}

export type Environment = Readonly<Record<string, string | undefined>>;

const PREFIX = 'FAULTLINE_';

// The value of DATABASE_URL is never repeated in a message: it carries a password.
const databaseUrlSchema = z.string('is required: the URL of a PostgreSQL 14 or newer').refine(isPostgresUrl, 'must be a URL like postgres://user:password@host:5432/database');

function wholeNumber({ min, max }: { min: number; max: number }, preset: string): z.ZodType<number, string | undefined> {
  const problem = `must be a whole number from ${min} to ${max}`;
  return z.string().regex(/^\d{1,9}$/, problem).default(preset).transform(Number).pipe(z.number().min(min, problem).max(max, problem));
}

const environmentSchema = z.object({
  DATABASE_URL: databaseUrlSchema,
  FAULTLINE_HOST: z.string().min(1, 'must name an address to listen on').default('127.0.0.1'),
  FAULTLINE_PORT: z.string().regex(/^\d+$/, 'must be a port number').default('7979').transform(Number).pipe(z.number().min(1, 'must be 1 to 65535').max(65_535, 'must be 1 to 65535')),
  FAULTLINE_ORIGIN: z.string().refine(isOrigin, 'must be a scheme and host without a path, like https://faultline.example').optional(),
  FAULTLINE_WEB_DIR: z.string().min(1, 'must name a folder').default('dist/web'),
  FAULTLINE_SIGN_IN_LINK: z.enum(['first', 'always'], 'must be first or always').default('first'),
  FAULTLINE_MAX_ACTIVE_FAULTS: wholeNumber({ min: 1, max: 10_000 }, '100'),
  FAULTLINE_MAX_SELECTED_PERCENT: wholeNumber({ min: 1, max: 100 }, '100'),
  FAULTLINE_MAX_FAULT_DURATION_SEC: wholeNumber({ min: 1, max: MAX_FAULT_DURATION_MS / 1_000 }, String(MAX_FAULT_DURATION_MS / 1_000)),
  FAULTLINE_METRICS_KEEP_DAYS: wholeNumber({ min: 1, max: 3_650 }, '14'),
  FAULTLINE_METRICS_MAX_SERIES: wholeNumber({ min: 1, max: 10_000_000 }, '1000000'),
  FAULTLINE_METRICS_MAX_SERIES_PER_METRIC: wholeNumber({ min: 1, max: 10_000_000 }, '200000'),
  FAULTLINE_METRICS_OUT_OF_ORDER_SEC: wholeNumber({ min: 0, max: 86_400 }, '600'),
  FAULTLINE_METRICS_JOURNAL_SEC: wholeNumber({ min: 1, max: 7_200 }, '900'),
  FAULTLINE_SCRAPE_CONFIG: z.string().min(1, 'must name a file').optional(),
  FAULTLINE_LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
});

/** Reads the server's configuration; throws one ConfigError that lists every problem. */
export function parseConfig(environment: Environment): ServerConfig {
  const parsed = environmentSchema.safeParse(environment);
  const problems = unknownKeys(environment).map((key) => `${key} is not a setting of the server`);
  if (!parsed.success) problems.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return toConfig(parsed.data);
}

function toConfig(settings: z.infer<typeof environmentSchema>): ServerConfig {
  const origin = new URL(settings.FAULTLINE_ORIGIN ?? `http://localhost:${settings.FAULTLINE_PORT}`).origin;
  return Object.freeze({
    http: Object.freeze({ host: settings.FAULTLINE_HOST, port: settings.FAULTLINE_PORT, origin, webDir: resolve(settings.FAULTLINE_WEB_DIR) }),
    storage: Object.freeze({ url: settings.DATABASE_URL }),
    access: Object.freeze({ signInLink: settings.FAULTLINE_SIGN_IN_LINK }),
    limits: Object.freeze({
      maxActiveFaults: settings.FAULTLINE_MAX_ACTIVE_FAULTS,
      maxSelectedPercent: settings.FAULTLINE_MAX_SELECTED_PERCENT,
      maxFaultDurationSec: settings.FAULTLINE_MAX_FAULT_DURATION_SEC,
    }),
    metrics: Object.freeze({
      keepDays: settings.FAULTLINE_METRICS_KEEP_DAYS,
      maxSeries: settings.FAULTLINE_METRICS_MAX_SERIES,
      maxSeriesPerMetric: settings.FAULTLINE_METRICS_MAX_SERIES_PER_METRIC,
      outOfOrderMs: settings.FAULTLINE_METRICS_OUT_OF_ORDER_SEC * 1_000,
      journalMs: settings.FAULTLINE_METRICS_JOURNAL_SEC * 1_000,
      scrapeFile: settings.FAULTLINE_SCRAPE_CONFIG === undefined ? null : resolve(settings.FAULTLINE_SCRAPE_CONFIG),
    }),
    log: Object.freeze({ level: settings.FAULTLINE_LOG_LEVEL }),
  });
}

// A misspelt setting that is silently ignored is worse than a start that fails.
function unknownKeys(environment: Environment): string[] {
  return Object.keys(environment).filter((key) => key.startsWith(PREFIX) && !(key in environmentSchema.shape));
}

function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol);
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return ['http:', 'https:'].includes(url.protocol) && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
}
