import { get } from 'node:http';
import type { FaultOrder, agentPolicySchema } from '#contracts';
import type { z } from 'zod';
import { readProcess } from '../../../apps/agent/src/host/processes/process-table.js';
import { outputOf, runCommand } from '../../../apps/agent/src/host/commands.js';
import { CallProcess } from './call-process.js';
import { PROBE_PROCESS, TARGET_PROCESS } from './entries.js';
import { PACKET_CASES, PACKET_KINDS, packetParams } from './packet-looks.js';
import type { PacketKind } from './packet-looks.js';
import { orderOf } from './rig.js';
import type { DriverKind } from './rig.js';
import { cpuStressRig, memoryStressRig } from './stress-rigs.js';

/** Kinds that are tried with a whole agent: one fault on a proxied edge stands for all of those. */
export type AgentKind = 'down' | Exclude<DriverKind, 'process-kill'>;

export const EDGE = { source: 'caller', target: 'shop', protocol: 'http' } as const;
export const PROXY_PORT = 18_080;
export const TARGET_PORT = 18_081;
const TARGET = { host: '127.0.0.1', port: TARGET_PORT };
const ANSWER_WITHIN_MS = 1_000;

/** A target that an agent acts on by an order, and eyes on it that know nothing of the agent. */
export interface AgentRig {
  readonly kind: AgentKind;
  readonly policy: z.input<typeof agentPolicySchema>;
  /** The fault ends with the agent's process, and its edge with it until the next one is there. */
  readonly livesInAgent: boolean;
  order(faultId: string): FaultOrder;
  isHit(): Promise<boolean>;
  snapshot(): Promise<string>;
  close(): Promise<void>;
}

function answersOn(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/1', agent: false, timeout: ANSWER_WITHIN_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', () => resolve(false));
  });
}

async function openTarget(): Promise<CallProcess> {
  const target = CallProcess.start(TARGET_PROCESS);
  await target.call('listen', TARGET_PORT);
  return target;
}

async function openEdge(): Promise<AgentRig> {
  const target = await openTarget();
  return {
    kind: 'down',
    policy: {},
    livesInAgent: true,
    order: (faultId) => ({ ...orderOf('down', faultId, {}), target: { type: 'edge', edge: EDGE } }),
    isHit: async () => !(await answersOn(PROXY_PORT)),
    snapshot: async () => '',
    close: () => target.kill(),
  };
}

async function openProcessStop(): Promise<AgentRig> {
  const target = await openTarget();
  return {
    kind: 'process-stop',
    policy: { processes: { ports: [TARGET_PORT] } },
    livesInAgent: false,
    order: (faultId) => orderOf('process-stop', faultId, {}, { by: 'port', port: TARGET_PORT }),
    isHit: async () => !(await answersOn(TARGET_PORT)),
    snapshot: async () => ((await readProcess(target.pid))?.state === 'T' ? 'stopped' : 'not stopped'),
    close: () => target.kill(),
  };
}

async function openStress(kind: 'cpu-stress' | 'memory-stress'): Promise<AgentRig> {
  const rig = await (kind === 'cpu-stress' ? cpuStressRig() : memoryStressRig());
  const target = await openTarget();
  const close = async (): Promise<void> => {
    await rig.close();
    await target.kill();
  };
  return { kind, policy: rig.settings.policy, livesInAgent: false, order: rig.order, isHit: rig.isHit, snapshot: rig.snapshot, close };
}

/** On the loopback device of a network that holds nothing but this suite: agent, server and target are all in it, and the server must stay reachable. */
async function openPackets(kind: PacketKind): Promise<AgentRig> {
  const target = await openTarget();
  const probe = CallProcess.start(PROBE_PROCESS);
  const tc = (what: string): Promise<string> => outputOf(runCommand, ['tc', what, 'show', 'dev', 'lo']);
  return {
    kind,
    policy: { network: { allow: true, devices: ['lo'] } },
    livesInAgent: false,
    order: (faultId) => orderOf(kind, faultId, packetParams(kind, 'lo', { peers: ['127.0.0.1'], ports: [TARGET_PORT] })),
    isHit: () => PACKET_CASES[kind].look(probe, TARGET),
    snapshot: async () => (await Promise.all([outputOf(runCommand, ['nft', '-s', 'list', 'ruleset']), tc('qdisc'), tc('class'), tc('filter')])).join('\n'),
    close: async () => {
      await Promise.all([target, probe].map((process) => process.kill()));
    },
  };
}

export const AGENT_RIGS: Record<AgentKind, () => Promise<AgentRig>> = {
  down: openEdge,
  'process-stop': openProcessStop,
  'cpu-stress': () => openStress('cpu-stress'),
  'memory-stress': () => openStress('memory-stress'),
  ...(Object.fromEntries(PACKET_KINDS.map((kind) => [kind, () => openPackets(kind)])) as Record<PacketKind, () => Promise<AgentRig>>),
};
export const AGENT_KINDS = Object.keys(AGENT_RIGS) as readonly AgentKind[];
