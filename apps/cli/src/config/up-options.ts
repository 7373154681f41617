import { parseArgs } from 'node:util';
import { AppError } from '#contracts';

export const UP_USAGE = 'faultline up [--port N] [--data-dir DIR] [--rate X] [--toxiproxy-port N|off] [--no-demo [--system FILE [--policy FILE]]]';

const OPTIONS = {
  port: { type: 'string' },
  'data-dir': { type: 'string' },
  rate: { type: 'string' },
  'no-demo': { type: 'boolean' },
  system: { type: 'string' },
  policy: { type: 'string' },
  'toxiproxy-port': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** The options as typed, unchecked. */
export interface UpOptions {
  readonly port?: string | undefined;
  readonly dataDir?: string | undefined;
  readonly rate?: string | undefined;
  readonly system?: string | undefined;
  readonly policy?: string | undefined;
  readonly toxiproxyPort?: string | undefined;
  readonly demo: boolean;
  readonly help: boolean;
}

export function parseUpOptions(argv: readonly string[]): UpOptions {
  const values = parse(argv);
  return { port: values.port, dataDir: values['data-dir'], rate: values.rate, system: values.system, policy: values.policy, toxiproxyPort: values['toxiproxy-port'], demo: values['no-demo'] !== true, help: values.help === true };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // Node's first sentence names the option; the rest advises on `--`, which means nothing here.
    const problem = error instanceof Error ? (error.message.split(/\.\s/)[0] ?? error.message).replace(/\.$/, '') : String(error);
    throw new AppError('USAGE_INVALID', { problem, usage: UP_USAGE }, { cause: error });
  }
}
