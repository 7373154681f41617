import { randomUUID } from 'node:crypto';
import { AGENT_PROTOCOL } from '#contracts';
import type { AgentMessage, AgentSystem, ServerMessage } from '#contracts';
import { CredentialFile } from './channel/credential.js';
import { Identity } from './channel/identity.js';
import { Renewals } from './channel/renewals.js';
import { ServerChannel } from './channel/server-channel.js';
import type { Clock } from './clock.js';
import type { AgentConfig } from './config.js';
import { EdgeDriver } from './faults/edge-driver.js';
import { FaultHolder } from './faults/fault-holder.js';
import type { Ledger } from './ledger/ledger.js';
import type { Log } from './log.js';
import type { DataPlane } from './proxy/data-plane.js';
import { FlowReporter } from './sensors/flow-reporter.js';

const VERSION = '0.1.0';

interface AgentParts {
  readonly config: AgentConfig;
  readonly system: AgentSystem;
  readonly dataPlane: DataPlane;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}

/**
 * An agent that serves traffic, wired together:
 *
 *     proxies -> meters -> FlowReporter --.
 *        ^                                +--> ServerChannel <--> server
 *     EdgeDriver <- FaultHolder <- Renewals'
 */
export class Agent {
  private readonly bootId = randomUUID();
  private readonly channel: ServerChannel;
  private readonly reporter: FlowReporter;
  private readonly holder: FaultHolder;
  private readonly renewals: Renewals;
  private welcomed = false;

  constructor(private readonly parts: AgentParts) {
    const { config, dataPlane, ledger, clock, random, log } = parts;
    const tell = (message: AgentMessage): boolean => this.welcomed && this.channel.send(message);
    this.reporter = new FlowReporter({ meters: dataPlane.meters, clock, send: (report) => void tell({ type: 'flow', report }) });
    this.holder = new FaultHolder({ driver: new EdgeDriver((edge) => dataPlane.find(edge)), ledger, clock, log, tell, nextReportSeq: () => this.reporter.nextSeq });
    this.renewals = new Renewals({ clock, send: tell, renewable: () => this.holder.renewable(), onRenewed: (renewal) => void this.holder.renewed(renewal) });
    const identity = new Identity({ server: config.server, name: config.name, enrolToken: config.enrolToken, file: new CredentialFile(config.dataDirectory), log });
    this.channel = new ServerChannel({
      server: config.server,
      clock,
      random,
      log,
      secret: () => identity.secret(),
      onUnauthorized: () => identity.refused(),
      hello: () => this.hello(),
      onMessage: (message) => this.receive(message),
      onLost: () => this.lost(),
    });
  }

  start(): void {
    this.reporter.start();
    this.channel.start();
  }

  /** Reverts every fault, tells the server if it is there, and closes everything. */
  async stop(): Promise<void> {
    await this.holder.stop();
    this.reporter.stop();
    this.renewals.stop();
    await this.channel.stop();
    await this.parts.dataPlane.close();
  }

  private hello(): AgentMessage {
    const { regions, nodes, proxies } = this.parts.system;
    return { type: 'hello', protocol: AGENT_PROTOCOL, version: VERSION, bootId: this.bootId, regions, nodes, edges: proxies.map(({ edge }) => edge), faults: this.holder.held() };
  }

  private receive(message: ServerMessage): void {
    switch (message.type) {
      case 'welcome':
        return this.welcome();
      case 'apply':
        return void this.holder.apply(message.order);
      case 'revert':
        return void this.holder.revert(message.faultId, message.reason);
      case 'revert-all':
        return void this.holder.revertAll(message.reason);
      case 'renewed':
        return this.renewals.answered(message);
      case 'flow-ack':
        return this.acknowledged(message);
      case 'rejected':
        return this.parts.log.error({ problem: message.problem }, 'The server rejected a message of this agent.');
    }
  }

  /** The leases first: what was missed matters less than letting a fault run out that is still wanted. */
  private welcome(): void {
    this.welcomed = true;
    this.renewals.start();
    this.holder.connected();
    this.reporter.resend();
    this.parts.log.info('connected to the server');
  }

  private lost(): void {
    if (this.welcomed) this.parts.log.warn('The connection to the server is lost. Traffic goes on; faults end with their leases.');
    this.welcomed = false;
    this.renewals.stop();
    this.holder.disconnected();
  }

  private acknowledged({ bootId, seq }: Extract<ServerMessage, { type: 'flow-ack' }>): void {
    if (bootId !== this.bootId) return;
    this.reporter.acknowledge(seq);
    void this.holder.acknowledged(seq);
  }
}
