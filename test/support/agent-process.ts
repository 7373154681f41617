import { AGENT_NODE_FLAGS, childMessageSchema } from '#contracts';
import type { AgentSystem, agentPolicySchema } from '#contracts';
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { PROJECT_ROOT } from './project-root.js';

const entry = join(PROJECT_ROOT, 'dist/apps/agent/src/main.js');

export interface AgentOptions {
  readonly serverOrigin: string;
  readonly enrolToken: string;
  readonly system: AgentSystem;
  readonly name?: string;
  /** What the owner of the host allows; without one faults on edges alone. */
  readonly policy?: z.input<typeof agentPolicySchema>;
  /** Settings besides those that every agent needs. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The compiled agent as a real child process; its ledger and credential outlive `kill9` and `start`. */
export class AgentProcess {
  private child: ChildProcess | null = null;
  private output = '';

  private constructor(
    private readonly directory: string,
    private readonly options: AgentOptions,
  ) {}

  static async start(options: AgentOptions): Promise<AgentProcess> {
    const directory = await mkdtemp(join(tmpdir(), 'faultline-agent-'));
    await writeFile(join(directory, 'system.json'), JSON.stringify(options.system));
    if (options.policy !== undefined) await writeFile(join(directory, 'policy.json'), JSON.stringify(options.policy));
    const agent = new AgentProcess(directory, options);
    await agent.start();
    return agent;
  }

  async start(): Promise<void> {
    // Vitest runs its workers with conditions that resolve libs to their sources; the compiled agent must not inherit them.
    const child = fork(entry, [], { env: this.env(), stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [...AGENT_NODE_FLAGS] });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => (this.output += String(bytes)));
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the agent exited with ${code}:\n${this.output}`)));
      child.on('message', (message) => {
        const parsed = childMessageSchema.parse(message);
        if (parsed.type === 'ready') resolve();
        if (parsed.type === 'failed') reject(new Error(parsed.message));
      });
    });
  }

  /** 0 while it does not run. */
  get pid(): number {
    const { child } = this;
    return child === null || child.exitCode !== null || child.signalCode !== null ? 0 : (child.pid ?? 0);
  }

  log(): string {
    return this.output;
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { child } = this;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }

  async remove(): Promise<void> {
    await this.kill('SIGTERM');
    await rm(this.directory, { recursive: true, force: true });
  }

  private env(): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      FAULTLINE_SERVER: this.options.serverOrigin.replace(/^http/, 'ws'),
      FAULTLINE_AGENT_NAME: this.options.name ?? 'local',
      FAULTLINE_AGENT_SYSTEM: join(this.directory, 'system.json'),
      FAULTLINE_AGENT_DATA: join(this.directory, 'data'),
      FAULTLINE_ENROL_TOKEN: this.options.enrolToken,
      // Many agents of one test run would all want the one port that Toxiproxy's clients expect.
      FAULTLINE_AGENT_TOXIPROXY: 'off',
      ...(this.options.policy === undefined ? {} : { FAULTLINE_AGENT_POLICY: join(this.directory, 'policy.json') }),
      ...this.options.environment,
    };
  }
}
