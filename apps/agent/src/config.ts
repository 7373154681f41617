import { nameSchema } from '#contracts';
import { z } from 'zod';
import { LOG_LEVELS } from './log.js';

const PREFIX = 'FAULTLINE_AGENT_';

const envSchema = z.object({
  FAULTLINE_SERVER: z.url({ protocol: /^wss?$/, error: 'must be a ws:// or wss:// URL' }).default('ws://127.0.0.1:7979'),
  FAULTLINE_AGENT_NAME: nameSchema.default('local'),
  FAULTLINE_AGENT_SYSTEM: z.string({ error: 'must be the path of a system file' }).min(1),
  FAULTLINE_AGENT_DATA: z.string({ error: 'must be the path of a directory' }).min(1),
  FAULTLINE_ENROL_TOKEN: z.string().min(20, 'must be an enrolment token').max(200).optional(),
  FAULTLINE_LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
});

export interface AgentConfig {
  /** ws(s) URL of the server. */
  readonly server: string;
  readonly name: string;
  readonly systemFile: string;
  readonly dataDirectory: string;
  readonly enrolToken: string | null;
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
    logLevel: data.FAULTLINE_LOG_LEVEL,
  };
  return { ok: true, config: Object.freeze(config) };
}
