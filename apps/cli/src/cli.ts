import { AppError } from '#contracts';
import { fault } from './commands/fault.js';
import { halt } from './commands/halt.js';
import { up } from './commands/up.js';
import { failureLine } from './console/failure-line.js';
import type { Command, Invocation } from './commands/command.js';

const COMMANDS: Readonly<Record<string, Command>> = { up, fault, halt };

/** Exit codes: 0 stopped as asked, 1 could not run or broke, 2 was called wrongly, 3 applied a fault that does not bite, 130 was forced by a second Ctrl-C. */
export async function runCli(invocation: Invocation): Promise<number> {
  const [name, ...argv] = invocation.argv;
  try {
    return await findCommand(name).run({ ...invocation, argv });
  } catch (error) {
    process.stderr.write(`faultline: ${failureLine(error)}\n`);
    return error instanceof AppError && error.code === 'USAGE_INVALID' ? 2 : 1;
  }
}

function findCommand(name: string | undefined): Command {
  const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name ?? ''] : undefined;
  if (command !== undefined) return command;
  const usage = Object.values(COMMANDS).map((known) => known.usage).join(' | ');
  throw new AppError('USAGE_INVALID', { problem: name === undefined ? 'No command was given' : `There is no command "${name}"`, usage });
}
