import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { PROJECT_ROOT } from './project-root.js';
import { waitUntil } from './wait-until.js';

export interface UpEnd {
  readonly code: number | null;
  readonly output: string;
}

/** One `faultline up`, real or with stand-ins for its parts, as a process of its own. */
export class UpProcess {
  readonly #child: ChildProcess;
  readonly #end: Promise<UpEnd>;
  #output = '';

  constructor(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    this.#child = spawn(process.execPath, args, { cwd: PROJECT_ROOT, env: { ...quietEnvironment(), ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.on('data', (chunk) => (this.#output += String(chunk)));
    this.#end = new Promise((resolve) => this.#child.once('close', (code) => resolve({ code, output: this.#output })));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get output(): string {
    return this.#output;
  }

  /** The link it printed; fails at once when the process ends without one. */
  async link(): Promise<string> {
    const link = await waitUntil('a link is printed', () => (this.#child.exitCode === null ? this.#linkPrinted() : 'none'));
    if (link === 'none') throw new Error(`faultline up ended with ${this.#child.exitCode}:\n${this.#output}`);
    return link;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  ended(): Promise<UpEnd> {
    return this.#end;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<UpEnd> {
    this.signal(signal);
    return this.#end;
  }

  #linkPrinted(): string | undefined {
    return /https?:\/\/\S+/.exec(this.#output)?.[0];
  }
}

/** Processes whose command line names the path, `pid command` each, without this one. */
export function processesNaming(path: string): string[] {
  return commandLines().filter((line) => line.includes(path) && !line.startsWith(`${process.pid} `));
}

/** Ends whatever still names the path: the net under a test that failed half-way. The path is the test's own, so nobody else is hit. */
export async function killNaming(path: string): Promise<void> {
  await waitUntil(`nothing names ${path}`, () => {
    const left = processesNaming(path);
    for (const line of left) killQuietly(Number.parseInt(line, 10));
    return left.length === 0;
  });
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended between the look and the signal.
  }
}

function commandLines(): string[] {
  if (!existsSync('/proc/self/cmdline')) return execFileSync('ps', ['-axo', 'pid=,args='], { encoding: 'utf8' }).split('\n').map((line) => line.trim());
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => `${pid} ${commandOf(pid)}`);
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // It ended while we listed.
    return '';
  }
}

// A test runs under npm, and what is said to npm or to another Faultline is not meant for this one.
function quietEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && !/^(npm_|INIT_CWD|FAULTLINE_|DATABASE_URL|NODE_OPTIONS|VITEST)/.test(entry[0]));
  return Object.fromEntries(kept);
}
