import { nameSchema } from '#contracts';
import { z } from 'zod';
import { LOG_LEVELS } from './log.js';
import { hostAndPort } from './proxy/sockets.js';

const PREFIX = 'FAULTLINE_AGENT_';
// What clients of today's Toxiproxy expect to find.
const TOXIPROXY_VERSION = '2.12.0';
const flagSchema = z.enum(['true', 'false'], { error: 'must be true or false' }).transform((text) => text === 'true');

const envSchema = z.object({
  FAULTLINE_SERVER: z.url({ protocol: /^wss?$/, error: 'must be a ws:// or wss:// URL' }).default('ws://127.0.0.1:7979'),
  FAULTLINE_AGENT_NAME: nameSchema.default('local'),
  FAULTLINE_AGENT_SYSTEM: z.string({ error: 'must be the path of a system file' }).min(1),
  FAULTLINE_AGENT_DATA: z.string({ error: 'must be the path of a directory' }).min(1),
  FAULTLINE_ENROL_TOKEN: z.string().min(20, 'must be an enrolment token').max(200).optional(),
  FAULTLINE_AGENT_POLICY: z.string().min(1).optional(),
  FAULTLINE_AGENT_TOXIPROXY: z
    .string()
    .regex(/^(off|(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):\d{1,5})$/, 'must be host:port or off')
    .refine((text) => text === 'off' || hostAndPort(text).port <= 65_535, 'has no such port')
    .default('127.0.0.1:8474'),
  FAULTLINE_AGENT_TOXIPROXY_VERSION: z.string().regex(/^[\x21-\x7e]{1,40}$/, 'must be a version').default(TOXIPROXY_VERSION),
  FAULTLINE_AGENT_TOXIPROXY_CONFIG: z.string().min(1).optional(),
  FAULTLINE_AGENT_TOXIPROXY_STRICT: flagSchema.default(false),
  FAULTLINE_LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
});

export interface ToxiproxyConfig {
  readonly host: string;
  readonly port: number;
  /** What it says it is. */
  readonly version: string;
  /** Whether it also writes what Toxiproxy writes by mistake. */
  readonly strict: boolean;
  /** Proxies to make at start. */
  readonly file: string | null;
}

export interface AgentConfig {
  /** ws(s) URL of the server. */
  readonly server: string;
  readonly name: string;
  readonly systemFile: string;
  readonly dataDirectory: string;
  readonly enrolToken: string | null;
  /** What the owner of this host allows; null: faults on proxied edges only. */
  readonly policyFile: string | null;
  /** Where Toxiproxy's API is served; null: nowhere. */
  readonly toxiproxy: ToxiproxyConfig | null;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

export type ConfigResult = { readonly ok: true; readonly config: AgentConfig } | { readonly ok: false; readonly problem: string };

/** Reads the agent's part of an environment. Gives every problem at once, on one line. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ConfigResult {
  // Keys of the server and of the whole product may be in the same environment; a misspelt one of the agent's own may not.
  const unknown = Object.keys(env).filter((key) => key.startsWith(PREFIX) && !(key in envSchema.shape));
  const parsed = envSchema.safeParse(env);
  const problems = [...unknown.map((key) => `${key} is not a setting of the agent`), ...(parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`))];
  if (!parsed.success || problems.length > 0) return { ok: false, problem: `The agent's configuration is not valid: ${problems.join('; ')}.` };
  const { data } = parsed;
  const config: AgentConfig = {
    server: data.FAULTLINE_SERVER,
    name: data.FAULTLINE_AGENT_NAME,
    systemFile: data.FAULTLINE_AGENT_SYSTEM,
    dataDirectory: data.FAULTLINE_AGENT_DATA,
    enrolToken: data.FAULTLINE_ENROL_TOKEN ?? null,
    policyFile: data.FAULTLINE_AGENT_POLICY ?? null,
    toxiproxy: toxiproxyOf(data),
    logLevel: data.FAULTLINE_LOG_LEVEL,
  };
  return { ok: true, config: Object.freeze(config) };
}

function toxiproxyOf(data: z.infer<typeof envSchema>): ToxiproxyConfig | null {
  if (data.FAULTLINE_AGENT_TOXIPROXY === 'off') return null;
  return {
    ...hostAndPort(data.FAULTLINE_AGENT_TOXIPROXY),
    version: data.FAULTLINE_AGENT_TOXIPROXY_VERSION,
    strict: data.FAULTLINE_AGENT_TOXIPROXY_STRICT,
    file: data.FAULTLINE_AGENT_TOXIPROXY_CONFIG ?? null,
  };
}
