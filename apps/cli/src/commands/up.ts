import { parseUpConfig } from '../config/up-config.js';
import { UP_USAGE, parseUpOptions } from '../config/up-options.js';
import { createConsole } from '../console/progress-console.js';
import { PARTS } from '../supervisor/parts.js';
import { supervise } from '../supervisor/supervise.js';
import type { Command } from './command.js';

/** `faultline up`: database, server, agent and demo, until a signal ends them. */
export const up: Command = {
  usage: UP_USAGE,
  async run(invocation) {
    const options = parseUpOptions(invocation.argv);
    if (options.help) {
      process.stdout.write(`Usage: ${UP_USAGE}\n`);
      return 0;
    }
    const config = parseUpConfig({ ...options, directory: invocation.directory }, invocation.environment);
    return supervise({ config, parts: PARTS, console: createConsole(process.stdout) });
  },
};
