import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import type { AgentMessage } from '#contracts';
import { AgentLinks, type AgentEvent, type ConnectedAgent } from '../agents/agent-links.service.js';
import type { Hello } from '../agents/check-message.js';
import { HaltState } from '../halt/halt-state.service.js';
import type { FaultRow } from '../storage/faults.store.js';
import { FaultLeases, isOverdue, refusalOf } from './fault-leases.service.js';
import { FaultOrders } from './fault-orders.service.js';
import { FaultTable } from './fault-table.service.js';

// An agent that is back says by itself, right after hello, how each fault ended while it was away. What it has not told of by then, is concluded.
const OWN_WORD_MS = 1_000;

type HeldFault = Hello['faults'][number];
type FaultMessage = Extract<AgentMessage, { faultId: string }>;
type ProofMessage = Extract<AgentMessage, { type: 'proof' }>;

/** Brings what the server believes and what the agents hold together: at the start, when an agent comes back, and with all that it says. */
@Injectable()
export class FaultReconciler implements OnModuleInit, OnApplicationBootstrap {
  private readonly log = new Logger('Faults');
  private readonly lastBootOf = new Map<string, string>();

  constructor(
    private readonly table: FaultTable,
    private readonly orders: FaultOrders,
    private readonly leases: FaultLeases,
    private readonly links: AgentLinks,
    private readonly halt: HaltState,
  ) {}

  onModuleInit(): void {
    this.links.events.follow((event) => this.followAgent(event));
  }

  /** Of the faults that a former run of the server left, those go on that acted for certain and still may. */
  onApplicationBootstrap(): void {
    for (const fault of this.table.live()) {
      if (fault.state === 'planned' || fault.state === 'applying') this.orders.revert(fault, 'stopped', 'The server restarted before the agent confirmed it.');
      else if (fault.state === 'active') this.endIfNotAllowed(fault);
    }
  }

  private followAgent(event: AgentEvent): void {
    if (event.type === 'connected') this.reconcile(event.agent, event.held);
    if (event.type !== 'message') return;
    const { agent, message } = event;
    if (message.type === 'renew') this.renew(agent, message.faultIds);
    else if ('faultId' in message) this.hear(agent, message);
  }

  private reconcile(agent: ConnectedAgent, held: readonly HeldFault[]): void {
    const heldIds = new Set(held.map(({ faultId }) => faultId));
    for (const fault of held) this.takeUp(agent, fault);
    const gone = this.table.all().filter((fault) => fault.agent === agent.name && !heldIds.has(fault.id));
    const restarted = (this.lastBootOf.get(agent.name) ?? null) !== agent.bootId;
    for (const fault of gone) this.giveUp(fault, restarted);
    this.lastBootOf.set(agent.name, agent.bootId);
  }

  private takeUp(agent: ConnectedAgent, { faultId, state }: HeldFault): void {
    const fault = this.faultOf(agent, faultId);
    if (fault === null) return this.revertUnknown(agent, faultId);
    if (state === 'revert-failed') this.table.change(faultId, { type: 'revert-failed', problem: 'The agent could not undo it while it was away from the server.' });
    else if (fault.state === 'reverting' || fault.state === 'reverted') this.orders.repeatRevert(fault);
    else this.goOn(fault);
  }

  private goOn(fault: FaultRow): void {
    this.leases.grant(fault.id);
    const acting = this.table.change(fault.id, { type: 'applied' }) ?? fault;
    this.endIfNotAllowed(acting);
  }

  // What the agent does not hold is not acting. `planned` is what it has not been told of yet.
  private giveUp(fault: FaultRow, restarted: boolean): void {
    if (fault.state === 'planned') return;
    if (fault.state === 'applying') return this.orders.revert(fault, 'stopped', 'The connection to the agent was lost before it confirmed.');
    setTimeout(() => this.concludeGone(fault.id, restarted), OWN_WORD_MS).unref();
  }

  private concludeGone(faultId: string, restarted: boolean): void {
    const fault = this.table.find(faultId);
    if (fault === null) return;
    const likely = isOverdue(fault, new Date()) ? 'duration-over' : restarted ? 'agent-restarted' : 'lease-expired';
    this.table.change(faultId, { type: 'reverted', reason: fault.endReason ?? likely });
    this.leases.forget(faultId);
  }

  private endIfNotAllowed(fault: FaultRow): void {
    const refusal = refusalOf(fault, { at: new Date(), halted: this.halt.current !== null });
    if (refusal !== null) this.orders.revert(fault, refusal);
  }

  private renew(agent: ConnectedAgent, faultIds: readonly string[]): void {
    const now = { at: new Date(), halted: this.halt.current !== null };
    const asked = faultIds.map((faultId) => ({ faultId, reason: refusalOf(this.faultOf(agent, faultId), now) }));
    const granted = asked.filter(({ reason }) => reason === null).map(({ faultId }) => faultId);
    const refused = asked.flatMap(({ faultId, reason }) => (reason === null ? [] : [{ faultId, reason }]));
    for (const faultId of granted) this.leases.grant(faultId);
    this.links.send(agent.name, { type: 'renewed', faultIds: granted, refused });
    for (const { faultId, reason } of refused) if (this.faultOf(agent, faultId) !== null) this.table.change(faultId, { type: 'revert-ordered', reason });
  }

  private hear(agent: ConnectedAgent, message: FaultMessage): void {
    const { faultId } = message;
    if (this.faultOf(agent, faultId) === null) return message.type === 'applied' ? this.revertUnknown(agent, faultId) : undefined;
    switch (message.type) {
      case 'applied':
        return this.hearApplied(faultId);
      case 'apply-refused':
        this.table.change(faultId, { type: 'refused', problem: message.reason });
        return this.leases.forget(faultId);
      case 'reverted':
        this.table.change(faultId, { type: 'reverted', reason: message.reason });
        return this.leases.forget(faultId);
      case 'revert-failed':
        this.log.error(`A revert failed on the agent ${agent.name}, fault ${faultId}: ${message.problem}`);
        this.table.change(faultId, { type: 'revert-failed', problem: message.problem });
        return undefined;
      case 'proof':
        return this.hearProof(agent, message);
      default:
        return message satisfies never;
    }
  }

  private hearProof(agent: ConnectedAgent, { faultId, proof }: ProofMessage): void {
    this.table.change(faultId, { type: 'proven', proof });
    if (proof.verdict === 'does-not-bite') this.log.warn(`The fault ${faultId} on the agent ${agent.name} does not bite: asked for ${proof.asked}, got ${proof.got} (${proof.how})`);
  }

  private hearApplied(faultId: string): void {
    this.leases.grant(faultId);
    const applied = this.table.change(faultId, { type: 'applied' });
    const fault = this.table.find(faultId);
    // It was taken back while the agent was applying it.
    if (applied === null && fault !== null && fault.state !== 'active') this.orders.repeatRevert(fault);
  }

  private revertUnknown(agent: ConnectedAgent, faultId: string): void {
    this.log.warn(`The agent ${agent.name} holds the fault ${faultId}, which is not known as live here: it is told to revert`);
    this.links.send(agent.name, { type: 'revert', faultId, reason: 'unknown-to-server' });
  }

  // An agent speaks for its own faults only.
  private faultOf(agent: ConnectedAgent, faultId: string): FaultRow | null {
    const fault = this.table.find(faultId);
    return fault?.agent === agent.name ? fault : null;
  }
}
