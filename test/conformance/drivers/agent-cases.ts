import { equal, match, ok } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { AgentSystem, EndReason, FaultOrder } from '#contracts';
import { AgentProcess } from '../../support/agent-process.js';
import { FaultServer } from '../../support/fault-server.js';
import { waitUntil } from '../../support/wait-until.js';
import { EDGE, PROXY_PORT, TARGET_PORT } from './agent-rigs.js';
import type { AgentKind, AgentRig } from './agent-rigs.js';
import { BreakablePrograms } from './breakable-programs.js';
import { isAlive, watchdogOf } from './watchdog-of.js';

/** One promise that a whole agent keeps with every driver. */
export interface AgentCase {
  readonly title: string;
  readonly except?: (kind: AgentKind) => string | null;
  readonly run: (world: AgentWorld) => Promise<void>;
}

const SYSTEM: AgentSystem = {
  regions: [{ name: 'eu', city: 'Frankfurt', latitudeDeg: 50.1, longitudeDeg: 8.7 }],
  nodes: ['caller', 'shop'].map((name) => ({ name, kind: 'service', region: 'eu' })),
  proxies: [{ edge: EDGE, listen: `127.0.0.1:${PROXY_PORT}`, upstream: `127.0.0.1:${TARGET_PORT}` }],
};
const CLEAN_WITHIN_MS = 30_000;
// Long enough for a busy machine to see the fault before it ends.
const SHORT_LEASE_MS = 6_000;

interface AgentWorldParts {
  readonly rig: AgentRig;
  readonly server: FaultServer;
  readonly agent: AgentProcess;
  readonly programs: BreakablePrograms;
  /** The snapshot from before the agent was there. */
  readonly before: string;
}

/** An agent, the server's side of its channel, and a target. */
export class AgentWorld {
  readonly rig: AgentRig;
  readonly server: FaultServer;
  readonly agent: AgentProcess;
  readonly programs: BreakablePrograms;

  private constructor(private readonly parts: AgentWorldParts) {
    this.rig = parts.rig;
    this.server = parts.server;
    this.agent = parts.agent;
    this.programs = parts.programs;
  }

  static async open(rig: AgentRig): Promise<AgentWorld> {
    const before = await rig.snapshot();
    const [server, programs] = await Promise.all([FaultServer.start(), BreakablePrograms.make()]);
    const agent = await AgentProcess.start({ serverOrigin: server.origin, enrolToken: 'a-token-that-anyone-takes', system: SYSTEM, policy: rig.policy, environment: { PATH: programs.path } });
    await server.hear('hello');
    ok(!(await rig.isHit()), 'the target is hit before anything was done');
    return new AgentWorld({ rig, server, agent, programs, before });
  }

  /** Gives the order and waits until it acts. */
  async apply(leaseTtlMs = 10_000): Promise<FaultOrder> {
    const order = { ...this.rig.order(randomUUID()), leaseTtlMs };
    this.server.apply(order);
    await this.server.hear('applied', ({ faultId }) => faultId === order.faultId);
    await waitUntil('the target is hit', () => this.rig.isHit());
    return order;
  }

  async isClean(): Promise<void> {
    await waitUntil('the target is as before', async () => (await this.rig.snapshot()) === this.parts.before && !(await this.rig.isHit()), CLEAN_WITHIN_MS);
  }

  async hearReverted({ faultId }: FaultOrder): Promise<EndReason> {
    return (await this.server.hear('reverted', (message) => message.faultId === faultId)).reason;
  }

  async close(): Promise<void> {
    await this.programs.mend();
    await this.agent.remove();
    await this.server.stop();
    await this.rig.close();
    await this.programs.remove();
  }
}

const needsNoWatchdog = (kind: AgentKind): string | null => (kind === 'down' ? 'it ends with the agent, so no watchdog is needed' : null);
const unbreakable = (kind: AgentKind): string | null => (kind.startsWith('network-') ? null : 'it runs no command that could be made to fail');

export const AGENT_CASES: readonly AgentCase[] = [
  {
    title: 'the server stops a fault',
    run: async (world) => {
      const order = await world.apply();
      world.server.say({ type: 'revert', faultId: order.faultId, reason: 'stopped' });
      equal(await world.hearReverted(order), 'stopped');
      await world.isClean();
    },
  },
  {
    title: 'a fault is proven, and what came out is told',
    run: async (world) => {
      const order = await world.apply();
      const { proof } = await world.server.hear('proof', ({ faultId }) => faultId === order.faultId);
      ok(proof.verdict !== 'does-not-bite', `${proof.got}; ${proof.how}`);
    },
  },
  {
    title: 'a lease that nobody renews ends the fault, without the server',
    run: async (world) => {
      world.server.renewing = 'ignores';
      const order = await world.apply(SHORT_LEASE_MS);
      await world.server.stop();
      await world.isClean();
      ok(order.leaseTtlMs === SHORT_LEASE_MS);
    },
  },
  {
    title: 'SIGTERM reverts, and the agent and its watchdog end',
    run: async (world) => {
      const order = await world.apply();
      const watchdog = world.rig.livesInAgent ? null : await watchdogOf(world.agent.pid);
      await world.agent.kill('SIGTERM');
      equal(await world.hearReverted(order), 'agent-stopped');
      if (watchdog !== null) await waitUntil('the watchdog has ended', () => !isAlive(watchdog));
      if (world.rig.livesInAgent) await world.agent.start();
      await world.isClean();
    },
  },
  {
    title: 'SIGKILL of the agent: the target is clean without it, and the next agent says so',
    run: async (world) => {
      const order = await world.apply();
      await world.agent.kill('SIGKILL');
      if (!world.rig.livesInAgent) await world.isClean();
      await world.agent.start();
      equal(await world.hearReverted(order), 'agent-restarted');
      await world.isClean();
    },
  },
  {
    title: 'SIGKILL of agent and watchdog: the next agent reverts from its ledger',
    except: needsNoWatchdog,
    run: async (world) => {
      const order = await world.apply();
      const watchdog = await watchdogOf(world.agent.pid);
      process.kill(watchdog, 'SIGKILL');
      await world.agent.kill('SIGKILL');
      await world.agent.start();
      equal(await world.hearReverted(order), 'agent-restarted');
      await world.isClean();
    },
  },
  {
    title: 'SIGKILL of the watchdog: another takes over and the fault goes on',
    except: needsNoWatchdog,
    run: async (world) => {
      await world.apply();
      const first = await watchdogOf(world.agent.pid);
      process.kill(first, 'SIGKILL');
      const second = await waitUntil('another watchdog is there', async () => {
        const found = await watchdogOf(world.agent.pid);
        return found === first ? null : found;
      });
      ok(await world.rig.isHit(), 'the loss of the watchdog touched the fault');
      await world.agent.kill('SIGKILL');
      await world.isClean();
      await waitUntil('the second watchdog has ended', () => !isAlive(second));
    },
  },
  {
    title: 'an agent that is stopped cannot keep a fault beyond its lease',
    except: needsNoWatchdog,
    run: async (world) => {
      const order = await world.apply(SHORT_LEASE_MS);
      const { pid } = world.agent;
      process.kill(pid, 'SIGSTOP');
      await world.isClean();
      process.kill(pid, 'SIGCONT');
      match(await world.hearReverted(order), /lease-expired|stopped/);
    },
  },
  {
    title: 'a revert that fails is loud and blocks new faults there, until one succeeds',
    except: unbreakable,
    run: async (world) => {
      const order = await world.apply();
      await world.programs.break();
      world.server.say({ type: 'revert', faultId: order.faultId, reason: 'stopped' });
      const { problem } = await world.server.hear('revert-failed', ({ faultId }) => faultId === order.faultId);
      match(problem, /still/);
      const next = world.rig.order(randomUUID());
      world.server.apply(next);
      await world.server.hear('apply-refused', ({ faultId }) => faultId === next.faultId);
      await world.programs.mend();
      equal(await world.hearReverted(order), 'stopped');
      await world.isClean();
    },
  },
];
