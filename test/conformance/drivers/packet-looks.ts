import type { HostFaultKind } from '#contracts';
import type { CallProcess } from './call-process.js';

export type PacketKind = Exclude<HostFaultKind, 'cpu-stress' | 'memory-stress'>;

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Whether the fault acts, as seen by a probe that talks to a target process through it. */
type Look = (probe: CallProcess, target: Address) => Promise<boolean>;

// Below the second after which a lost SYN is sent again: a connection that is later than this has lost a packet.
const SYN_ANSWER_MS = 900;
const DIALS = 20;
const missed =
  (atLeast: number): Look =>
  async (probe, target) =>
    (await probe.call<number>('dials', target, DIALS, SYN_ANSWER_MS)) <= DIALS - atLeast;

const DATAGRAMS = 50;
const echoes = (probe: CallProcess, target: Address): Promise<number[]> => probe.call('echoes', target, DATAGRAMS, 500);

const BODY_BYTES = 2 * 1024 * 1024;
const DELAY_MS = 200;

interface PacketCase {
  readonly params: object;
  /** Traffic control needs to be told a device. */
  readonly needsDevice: boolean;
  readonly look: Look;
}

/** What is asked for each kind, and what is seen of it. */
export const PACKET_CASES: Record<PacketKind, PacketCase> = {
  'network-partition': { needsDevice: false, params: {}, look: missed(DIALS) },
  'network-drop': { needsDevice: false, params: { share: 0.5 }, look: missed(1) },
  'network-rate': { needsDevice: true, params: { kilobitsPerSec: 1_000, burstBytes: 70_000 }, look: async (probe, target) => (await probe.call<number>('download', target, BODY_BYTES, 3_000)) < BODY_BYTES },
  'network-delay': { needsDevice: true, params: { delayMs: DELAY_MS }, look: async (probe, target) => ((await probe.call<number | null>('dial', target, 5_000)) ?? 0) >= DELAY_MS * 0.9 },
  'network-loss': { needsDevice: true, params: { lossPercent: 50 }, look: missed(1) },
  'network-duplicate': { needsDevice: true, params: { duplicatePercent: 100 }, look: async (probe, target) => (await echoes(probe, target)).length > DATAGRAMS },
  // A packet with a flipped bit fails its checksum and is thrown away by whoever gets it.
  'network-corrupt': { needsDevice: true, params: { corruptPercent: 50 }, look: missed(1) },
  'network-reorder': { needsDevice: true, params: { reorderPercent: 50, delayMs: 50 }, look: async (probe, target) => (await echoes(probe, target)).some((number, at, all) => number < (all[at - 1] ?? 0)) },
};
export const PACKET_KINDS = Object.keys(PACKET_CASES) as readonly PacketKind[];

/** The parameters of a kind for a scope. */
export function packetParams(kind: PacketKind, device: string, scope: object): object {
  const { params, needsDevice } = PACKET_CASES[kind];
  return { ...params, ...scope, ...(needsDevice ? { device } : {}) };
}
