import { parseArgs } from 'node:util';
import { AppError, FAULT_KINDS } from '#contracts';
import { parseDurationMs } from './duration.js';
import { setParams } from './set-params.js';

export const APPLY_USAGE =
  "faultline fault apply --kind KIND --for 60s (--edge 'source->target[/protocol]' | --agent NAME [--process-name NAME | --process-port PORT | --pid PID] | --select FIELD=GLOB ... [--percent P | --count N] [--preview]) [--set NAME=VALUE ...] [--overlap] [--json]";

const OPTIONS = {
  kind: { type: 'string' },
  for: { type: 'string' },
  edge: { type: 'string' },
  agent: { type: 'string' },
  'process-name': { type: 'string' },
  'process-port': { type: 'string' },
  pid: { type: 'string' },
  select: { type: 'string', multiple: true },
  percent: { type: 'string' },
  count: { type: 'string' },
  seed: { type: 'string' },
  preview: { type: 'boolean' },
  set: { type: 'string', multiple: true },
  overlap: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** What it is to act on, as typed; the server knows whether it exists. */
export type ApplyTarget =
  | { readonly type: 'edge'; readonly text: string }
  | { readonly type: 'process'; readonly agent: string; readonly process: unknown }
  | { readonly type: 'host'; readonly agent: string }
  | { readonly type: 'selection'; readonly selection: unknown; readonly previewOnly: boolean };

export interface ApplyOptions {
  readonly target: ApplyTarget;
  readonly fault: { readonly kind: string; readonly params: Readonly<Record<string, unknown>> };
  readonly durationMs: number;
  readonly overlap: 'refuse' | 'allow';
  readonly json: boolean;
}

type Values = ReturnType<typeof parse>;

/** Throws USAGE_INVALID. */
export function parseApplyOptions(argv: readonly string[]): ApplyOptions {
  const values = parse(argv);
  const kind = values.kind ?? fail('--kind is missing');
  if (!(FAULT_KINDS as readonly string[]).includes(kind)) fail(`there is no fault kind "${kind}"; known are ${FAULT_KINDS.join(', ')}`);
  const params = setParams(values.set ?? []);
  if (!params.ok) return fail(params.problem);
  return { target: targetOf(values), fault: { kind, params: params.params }, durationMs: durationOf(values), overlap: values.overlap === true ? 'allow' : 'refuse', json: values.json === true };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    return fail(error instanceof Error ? (error.message.split(/\.\s/)[0] ?? error.message) : String(error));
  }
}

function targetOf(values: Values): ApplyTarget {
  const { edge, agent, select } = values;
  const named = [edge, agent, select].filter((value) => value !== undefined).length;
  if (named !== 1) return fail('name one target: --edge, --agent or --select');
  if (edge !== undefined) return { type: 'edge', text: edge };
  if (agent !== undefined) return onAgent(agent, values);
  return { type: 'selection', selection: { selector: selectorOf(select ?? []), pick: pickOf(values), seed: numberOf(values.seed ?? '0', '--seed') }, previewOnly: values.preview === true };
}

function onAgent(agent: string, values: Values): ApplyTarget {
  const refs = [
    values['process-name'] !== undefined && { by: 'name', name: values['process-name'] },
    values['process-port'] !== undefined && { by: 'port', port: numberOf(values['process-port'], '--process-port') },
    values.pid !== undefined && { by: 'pid', pid: numberOf(values.pid, '--pid') },
  ].filter((ref) => ref !== false);
  if (refs.length > 1) return fail('name the process in one way: --process-name, --process-port or --pid');
  return refs[0] === undefined ? { type: 'host', agent } : { type: 'process', agent, process: refs[0] };
}

function selectorOf(fields: readonly string[]): Record<string, string> {
  const pairs = fields.map((field) => /^(\w+)=(.+)$/.exec(field)?.slice(1) ?? fail(`--select needs FIELD=GLOB, not "${field}"`));
  const selector = Object.fromEntries(pairs) as Record<string, string>;
  return { type: 'agent' in selector ? 'hosts' : 'edges', ...selector };
}

function pickOf({ percent, count }: Values): unknown {
  if (percent !== undefined && count !== undefined) return fail('--percent and --count exclude each other');
  if (percent !== undefined) return { by: 'percent', percent: numberOf(percent, '--percent') };
  return count !== undefined ? { by: 'count', count: numberOf(count, '--count') } : { by: 'all' };
}

function durationOf(values: Values): number {
  if (values.preview === true && values.for === undefined) return 1_000;
  const text = values.for ?? fail('--for is missing: say when the fault ends, such as --for 60s');
  return parseDurationMs(text) ?? fail(`--for needs a duration with its unit, such as 60s or 5m, not "${text}"`);
}

function numberOf(text: string, option: string): number {
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : fail(`${option} needs a number, not "${text}"`);
}

function fail(problem: string): never {
  throw new AppError('USAGE_INVALID', { problem, usage: APPLY_USAGE });
}
