import { randomUUID } from 'node:crypto';
import { AGENT_PROTOCOL } from '#contracts';
import type { AgentMessage, AgentSystem, Capability, ServerMessage } from '#contracts';
import { CredentialFile } from './channel/credential.js';
import { HoldingsReport } from './channel/holdings-report.js';
import { Identity } from './channel/identity.js';
import { ProxyRequests } from './channel/proxy-requests.js';
import { Renewals } from './channel/renewals.js';
import { ServerChannel } from './channel/server-channel.js';
import type { Clock } from './clock.js';
import type { AgentConfig } from './config.js';
import type { DriverTable } from './faults/driver-table.js';
import { FaultHolder } from './faults/fault-holder.js';
import type { Ledger } from './ledger/ledger.js';
import type { Log } from './log.js';
import { kindRefusal } from './policy/kind-refusal.js';
import { policyRefusal, toxicRefusal } from './policy/policy-refusal.js';
import type { HostPolicy } from './policy/read-policy.js';
import { Prover } from './proof/prover.js';
import type { DataPlane } from './proxy/data-plane.js';
import { FlowReporter } from './sensors/flow-reporter.js';
import type { Watchdog } from './watchdog/watchdog.js';

const VERSION = '0.1.0';

export interface AgentParts {
  readonly config: AgentConfig;
  readonly system: AgentSystem;
  readonly policy: HostPolicy;
  readonly dataPlane: DataPlane;
  readonly drivers: DriverTable;
  readonly watchdog: Watchdog;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}

/**
 * An agent that serves traffic, wired together:
 *
 *     proxies -> meters -> FlowReporter ------.
 *        ^                                    |
 *     drivers <- FaultHolder <- Renewals -----+--> ServerChannel <--> server
 *        ^          | '-> HoldingsReport -----|
 *        '------- Prover ---------------------'
 */
export class Agent {
  private readonly bootId = randomUUID();
  private readonly startedAtMs: number;
  private readonly channel: ServerChannel;
  private readonly reporter: FlowReporter;
  private readonly holder: FaultHolder;
  private readonly holdings: HoldingsReport;
  private readonly prover: Prover;
  private readonly renewals: Renewals;
  private readonly proxyRequests: ProxyRequests;
  private capabilities: Capability[] = [];
  private welcomed = false;

  constructor(private readonly parts: AgentParts) {
    const { dataPlane, drivers, policy, watchdog, ledger, clock, log } = parts;
    const tell = (message: AgentMessage): boolean => this.welcomed && this.channel.send(message);
    const driverOf: DriverTable['of'] = (kind) => drivers.of(kind);
    this.startedAtMs = clock.wallMs();
    this.reporter = new FlowReporter({ meters: () => dataPlane.meters, clock, send: (report) => void tell({ type: 'flow', report }) });
    this.prover = new Prover({ driverOf, isActive: (faultId) => this.holder.isActive(faultId), tell, wallMs: () => clock.wallMs(), log });
    this.holder = new FaultHolder({
      driverOf,
      policyRefusal: (order, heldFaults) => policyRefusal(policy, order, heldFaults),
      ledger,
      watchdog,
      clock,
      log,
      tell,
      nextReportSeq: () => this.reporter.nextSeq,
      onApplied: (order, undo) => this.prover.prove(order, undo),
      onEmpty: () => this.holdings.tick(),
    });
    this.holdings = new HoldingsReport({ holdings: () => this.holder.holdings(), watchdog, send: tell });
    this.renewals = new Renewals({ clock, send: tell, renewable: () => this.holder.renewable(), onRenewed: (renewal) => void this.holder.renewed(renewal), onTick: () => this.holdings.tick() });
    this.proxyRequests = new ProxyRequests({ proxies: dataPlane, toxicRefusal: () => toxicRefusal(policy) });
    this.channel = this.openChannel();
    dataPlane.onDescribed(() => void tell(this.described()));
    dataPlane.onUnleased(() => void tell(this.unleased()));
  }

  /** Undoes first what a crash left, so that nothing is said to be clean that was not looked at. */
  async start(): Promise<void> {
    const { drivers, ledger, policy, log } = this.parts;
    if (!ledger.intact) await drivers.sweep(log);
    await this.holder.clearResidue();
    const capabilities = await drivers.capabilities();
    this.capabilities = capabilities.map(({ kind, unavailable }) => ({ kind, unavailable: (unavailable ?? kindRefusal(policy, kind))?.slice(0, 300) ?? null }));
    this.reporter.start();
    this.channel.start();
  }

  /** Reverts every fault, tells the server if it is there, and closes everything. */
  async stop(): Promise<void> {
    const { watchdog, dataPlane, ledger } = this.parts;
    await this.holder.stop();
    this.reporter.stop();
    this.renewals.stop();
    await this.channel.stop();
    await dataPlane.close();
    await ledger.close();
    await watchdog.stop();
  }

  private openChannel(): ServerChannel {
    const { config, clock, random, log } = this.parts;
    const identity = new Identity({ server: config.server, name: config.name, enrolToken: config.enrolToken, file: new CredentialFile(config.dataDirectory), log });
    return new ServerChannel({
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

  private hello(): AgentMessage {
    const { system, dataPlane } = this.parts;
    const world = { regions: system.regions, nodes: [...dataPlane.nodes], edges: [...dataPlane.edges] };
    return { type: 'hello', protocol: AGENT_PROTOCOL, version: VERSION, bootId: this.bootId, startedAtMs: this.startedAtMs, ...world, faults: this.holder.held(), capabilities: this.capabilities };
  }

  private described(): AgentMessage {
    const { nodes, edges } = this.parts.dataPlane;
    return { type: 'described', nodes: [...nodes], edges: [...edges] };
  }

  private unleased(): AgentMessage {
    return { type: 'unleased', faults: [...this.parts.dataPlane.unleased()] };
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
        return void Promise.all([this.holder.revertAll(message.reason), this.removeUnleased()]);
      case 'list-proxies':
      case 'make-proxy':
      case 'remove-proxy':
        return void this.proxyRequests.answer(message).then((answer) => this.channel.send(answer));
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
    this.channel.send(this.unleased());
    this.prover.connected();
    this.reporter.resend();
    this.parts.log.info('connected to the server');
  }

  private async removeUnleased(): Promise<void> {
    const { dataPlane, log } = this.parts;
    if (dataPlane.unleased().length === 0) return;
    try {
      await dataPlane.reset();
    } catch (error) {
      log.error({ err: error }, 'Faults without a lease could NOT all be removed.');
    }
  }

  private lost(): void {
    if (this.welcomed) this.parts.log.warn('The connection to the server is lost. Traffic goes on; faults end with their leases.');
    this.welcomed = false;
    this.renewals.stop();
    this.holder.disconnected();
    this.holdings.disconnected();
  }

  private acknowledged({ bootId, seq }: Extract<ServerMessage, { type: 'flow-ack' }>): void {
    if (bootId !== this.bootId) return;
    this.reporter.acknowledge(seq);
    void this.holder.acknowledged(seq);
  }
}
