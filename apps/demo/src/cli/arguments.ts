import { parseArgs } from 'node:util';
import { z } from 'zod';

const databaseUrl = z.string('--database-url (or DATABASE_URL) is needed').min(1, '--database-url is empty');

/** Everything that can be asked of the demo. (`process <name>`, which is how `run` starts its children, is taken by main.ts before this is loaded.) */
const commandSchema = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('plan'), out: z.string('--out <file> is needed').min(1, '--out is empty'), databaseUrl }),
  z.strictObject({
    command: z.literal('run'),
    plan: z.string('--plan <file> is needed').min(1, '--plan is empty'),
    databaseUrl,
    // Twenty times the normal day is more than two cores can carry.
    rate: z.coerce.number('--rate must be a number').positive('--rate must be above 0').max(20, '--rate must be at most 20').default(1),
    seed: z.coerce.number('--seed must be a number').int('--seed must be a whole number').min(0, '--seed must not be negative').max(0xffff_ffff, '--seed must be at most 4294967295').default(1),
  }),
]);
export type DemoCommand = Readonly<z.infer<typeof commandSchema>>;

export type ParsedCommand = { readonly ok: true; readonly command: DemoCommand } | { readonly ok: false; readonly problem: string };

export interface CommandInput {
  readonly argv: readonly string[];
  /** The environment's DATABASE_URL: unlike an argument, nobody else on the machine can read it. */
  readonly databaseUrl: string | undefined;
}

const USAGE = 'plan --out <system.json> [--database-url <url>] | run --plan <demo-plan.json> [--database-url <url>] [--rate <n>] [--seed <n>]';
const TEXT = { type: 'string' } as const;
const OPTIONS = { out: TEXT, plan: TEXT, 'database-url': TEXT, rate: TEXT, seed: TEXT } as const;

export function parseCommand(input: CommandInput): ParsedCommand {
  const [command, ...rest] = input.argv;
  if (command !== 'plan' && command !== 'run') return { ok: false, problem: `use: ${USAGE}` };
  try {
    const { 'database-url': databaseUrl = input.databaseUrl, ...values } = parseArgs({ args: rest, options: OPTIONS }).values;
    return checked({ command, databaseUrl, ...values });
  } catch (error) {
    // parseArgs says what it did not understand in a sentence of its own.
    return { ok: false, problem: `${error instanceof Error ? error.message : String(error)}. Use: ${USAGE}` };
  }
}

function checked(values: Readonly<Record<string, unknown>>): ParsedCommand {
  const parsed = commandSchema.safeParse(values);
  return parsed.success ? { ok: true, command: parsed.data } : { ok: false, problem: parsed.error.issues.map((issue) => issue.message).join('; ') };
}
