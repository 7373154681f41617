import { parseArgs } from 'node:util';
import { AppError, type FaultView, type FaultsNowView } from '#contracts';
import { ServerApi } from '../api/server-api.js';
import { applyFault } from '../fault/apply.js';
import { APPLY_USAGE, parseApplyOptions } from '../fault/apply-options.js';
import { faultLine, unleasedLine } from '../fault/fault-lines.js';
import type { Command, Invocation } from './command.js';

const LIST_USAGE = 'faultline fault list [--all] [--json]';
const REVERT_USAGE = 'faultline fault revert (ID ... | --all)';
const USAGE = `${APPLY_USAGE} | ${LIST_USAGE} | ${REVERT_USAGE}`;

const ACTIONS: Readonly<Record<string, (invocation: Invocation) => Promise<number>>> = { apply, list, revert };

/** `faultline fault apply|list|revert`, through the server. */
export const fault: Command = {
  usage: USAGE,
  run(invocation) {
    const [name = '', ...argv] = invocation.argv;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (action === undefined) throw new AppError('USAGE_INVALID', { problem: name === '' ? 'fault needs one of apply, list, revert' : `fault has no "${name}"`, usage: USAGE });
    return action({ ...invocation, argv });
  },
};

function apply({ argv, environment }: Invocation): Promise<number> {
  const options = parseApplyOptions(argv);
  return applyFault(ServerApi.from(environment, APPLY_USAGE), options, print);
}

async function list({ argv, environment }: Invocation): Promise<number> {
  const { all, json } = parse(argv, LIST_USAGE, false).values;
  const api = ServerApi.from(environment, LIST_USAGE);
  const now = await api.get<FaultsNowView>('/api/faults/now');
  const faults = all === true ? await api.get<FaultView[]>('/api/faults?state=all') : now.faults;
  if (json === true) print(JSON.stringify({ faults, unleased: now.unleased }));
  else printLines([...faults.map(faultLine), ...now.unleased.map(unleasedLine)]);
  return 0;
}

async function revert({ argv, environment }: Invocation): Promise<number> {
  const { values, positionals } = parse(argv, REVERT_USAGE, true);
  const api = ServerApi.from(environment, REVERT_USAGE);
  if ((positionals.length === 0) === (values.all !== true)) throw new AppError('USAGE_INVALID', { problem: 'name the faults to stop, or give --all', usage: REVERT_USAGE });
  const ids = values.all === true ? (await api.get<FaultsNowView>('/api/faults/now')).faults.map(({ id }) => id) : positionals;
  const stopped = await Promise.all(ids.map((id) => api.post<FaultView>(`/api/faults/${encodeURIComponent(id)}/revert`, {})));
  printLines(stopped.map(faultLine));
  return stopped.every(({ state }) => state === 'reverted') ? 0 : 1;
}

function parse(argv: readonly string[], usage: string, allowPositionals: boolean) {
  try {
    return parseArgs({ args: [...argv], options: { all: { type: 'boolean' }, json: { type: 'boolean' } }, strict: true, allowPositionals });
  } catch (error) {
    throw new AppError('USAGE_INVALID', { problem: error instanceof Error ? (error.message.split(/\.\s/)[0] ?? '') : String(error), usage }, { cause: error });
  }
}

function printLines(lines: readonly string[]): void {
  for (const line of lines.length === 0 ? ['No fault acts now.'] : lines) print(line);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
