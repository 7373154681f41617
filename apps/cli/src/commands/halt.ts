import { parseArgs } from 'node:util';
import { AppError, type HaltResult } from '#contracts';
import { ServerApi } from '../api/server-api.js';
import type { Command } from './command.js';

const USAGE = 'faultline halt [--reason TEXT]';

/** `faultline halt`: ends every fault and lets none start. Exit code 0 when every end is confirmed, 1 when leases still have to end some. */
export const halt: Command = {
  usage: USAGE,
  async run({ argv, environment }) {
    const result = await ServerApi.from(environment, USAGE).post<HaltResult>('/api/halt', { reason: reasonOf(argv) });
    process.stdout.write(`${haltLine(result)}\n`);
    return result.open.length + result.unleased.open.length === 0 ? 0 : 1;
  },
};

function haltLine({ reverted, tookMs, open, openUntil, unleased }: HaltResult): string {
  const confirmed = open.length === 0 ? 'all confirmed' : `${open.length} not confirmed: their leases end them by ${openUntil ?? 'then'}`;
  const toxics = unleased.removed === 0 ? '' : `, ${unleased.removed} without a lease removed`;
  const left = unleased.open.length === 0 ? '' : ` ${unleased.open.length} without a lease still act, on ${unleased.open.map(({ proxy, agent }) => `${proxy} of ${agent}`).join(', ')}.`;
  return `Halted: ${reverted} reverted in ${Math.round(tookMs)} ms, ${confirmed}${toxics}.${left} Nothing starts until an admin resumes.`;
}

function reasonOf(argv: readonly string[]): string {
  try {
    return parseArgs({ args: [...argv], options: { reason: { type: 'string' } }, strict: true }).values.reason ?? '';
  } catch (error) {
    throw new AppError('USAGE_INVALID', { problem: error instanceof Error ? (error.message.split(/\.\s/)[0] ?? '') : String(error), usage: USAGE }, { cause: error });
  }
}
