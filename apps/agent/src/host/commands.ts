import { spawn } from 'node:child_process';

/** A program with its arguments; never a shell line. */
export type Argv = readonly [program: string, ...args: string[]];

export interface CommandInput {
  readonly stdin?: string;
  /** The fault on whose behalf it runs: the process carries it, see `COMMAND_MARKER`. */
  readonly faultId?: string;
}
export interface CommandResult {
  /** Null when it could not be started, was killed, or took too long; `stderr` then says which. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
/** Never rejects: what went wrong is in the result. */
export type RunCommand = (argv: Argv, input?: CommandInput) => Promise<CommandResult>;

/** A command that outlives a killed agent could still change the kernel after the watchdog has undone the fault; by this it is found and ended first. */
export const COMMAND_MARKER = 'FAULTLINE_COMMAND';
// Where nft and tc live, which the PATH of a service or of an ordinary user often leaves out.
const ADMIN_PATHS = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/bin', '/bin'];
// Netlink answers in milliseconds; a host on which this takes longer is not one to inject more trouble into.
const TIMEOUT_MS = 5_000;
// A rule set of a large host is some MiB; what is longer is cut, so that no program can fill the agent's memory.
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

export const runCommand: RunCommand = (argv, input = {}) =>
  new Promise((resolve) => {
    const [program, ...args] = argv;
    // Programs print numbers and words by locale; the plain one is what is parsed here.
    const env = { PATH: [...(process.env['PATH']?.split(':') ?? []), ...ADMIN_PATHS].join(':'), LC_ALL: 'C', ...(input.faultId === undefined ? {} : { [COMMAND_MARKER]: input.faultId }) };
    const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'], timeout: TIMEOUT_MS, killSignal: 'SIGKILL' });
    const output = { stdout: new Output(), stderr: new Output() };
    child.stdout.on('data', (chunk: Buffer) => output.stdout.add(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.stderr.add(chunk));
    child.on('error', (error: NodeJS.ErrnoException) => resolve({ exitCode: null, stdout: '', stderr: error.code === 'ENOENT' ? `${program} is not installed` : error.message }));
    child.on('close', (exitCode, signal) => {
      const stderr = signal === null ? output.stderr.text : `${program} was ended by ${signal} (limit ${TIMEOUT_MS} ms) ${output.stderr.text}`;
      resolve({ exitCode, stdout: output.stdout.text, stderr });
    });
    // A program that fails before it has read everything closes its end first; its exit code says so.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input.stdin ?? '');
  });

class Output {
  private readonly chunks: Buffer[] = [];
  private bytes = 0;

  get text(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }

  add(chunk: Buffer): void {
    if (this.bytes < MAX_OUTPUT_BYTES) this.chunks.push(chunk);
    this.bytes += chunk.length;
  }
}

/** One line that says what went wrong, short enough for a person and a message. */
export function whyFailed(argv: Argv, { exitCode, stderr }: CommandResult): string {
  const reason = stderr.replaceAll(/\s+/g, ' ').trim().slice(0, 160);
  return `\`${argv.join(' ').slice(0, 80)}\` ${exitCode === null ? 'did not run' : `ended with ${exitCode}`}${reason === '' ? '' : `: ${reason}`}`;
}

/** What it printed; rejects when it failed. */
export async function outputOf(run: RunCommand, argv: Argv, input?: CommandInput): Promise<string> {
  const result = await run(argv, input);
  if (result.exitCode !== 0) throw new Error(whyFailed(argv, result));
  return result.stdout;
}
