import type { Capability, FaultOrder, Proof } from '#contracts';
import type { FaultDriver } from '../../faults/fault-driver.js';
import type { Undo } from '../../faults/undo.js';
import { outputOf } from '../commands.js';
import { proofOf } from '../proof.js';
import { dial } from './dial.js';
import { judgeLeaf } from './judge-leaf.js';
import { whyNoPackets, whyNoRights } from './kernel-trial.js';
import type { Trial } from './kernel-trial.js';
import type { PacketParts } from './nft-driver.js';
import { TC_KINDS, dialable } from './scope.js';
import type { PacketScope } from './scope.js';
import { sparedBy, whyUnspared } from './spared.js';
import { KERNEL_DEFAULT_HANDLE, longestPacketBytes, readDevice, readLeaf } from './tc-device.js';
import type { DeviceState } from './tc-device.js';
import { MAX_FILTERS, ROOT_HANDLE, scopeClassOf, tcCommands, tcSpecOf } from './tc-plan.js';
import type { TcSpec } from './tc-plan.js';
import { trialSpec } from './tc-trial.js';
import { sweepTc, undoTc } from './undo-tc.js';

const TC_STDIN = ['tc', '-batch', '-'] as const;
const NOBODY = '00000000-0000-4000-8000-000000000000';
const DIALS = 5;
// Without the fault; with a delay the answer comes that much later.
const ANSWER_WITHIN_MS = 500;

/** Packets that leave late, slowly, damaged or not at all, by traffic control on one device. One fault a device. */
export class TcDriver implements FaultDriver {
  readonly kinds = TC_KINDS;
  private readonly answerBeforeMs = new Map<string, number | null>();

  constructor(private readonly parts: PacketParts) {}

  async capabilities(): Promise<readonly Capability[]> {
    const spared = { control: { addresses: ['192.0.2.2', '2001:db8::2'], port: 7979 }, protectedPorts: [22] };
    const trial = (kind: TcSpec['kind']): Trial => ({ what: kind === 'network-rate' ? 'tbf' : 'netem', argv: TC_STDIN, stdin: batch(tcCommands(NOBODY, trialSpec(kind), spared)) });
    return Promise.all(TC_KINDS.map(async (kind) => ({ kind, unavailable: await whyNoPackets(this.parts.run, trial(kind)) })));
  }

  async refusal(order: FaultOrder): Promise<string | null> {
    const unspared = await whyUnspared(this.parts.control);
    if (unspared !== null) return unspared;
    const spec = tcSpecOf(order);
    const filters = tcCommands(order.faultId, spec, await sparedBy(this.parts.control, this.parts.policy)).filter(([what]) => what === 'filter').length;
    if (filters > MAX_FILTERS) return `these peers and ports need ${filters} filters and ${MAX_FILTERS} is the most that leaves a device as fast as it was: name fewer`;
    return whyTaken(spec.params.device, await readDevice(this.parts.run, spec.params.device)) ?? this.whyTooSmall(spec);
  }

  async plan(order: FaultOrder): Promise<Undo> {
    const spec = tcSpecOf(order);
    const { device } = spec.params;
    const found = await readDevice(this.parts.run, device);
    const taken = whyTaken(device, found);
    if (found === null || taken !== null) throw new Error(taken ?? 'no device');
    if (spec.kind === 'network-delay') this.answerBeforeMs.set(order.faultId, await medianAnswerMs(spec.params, ANSWER_WITHIN_MS));
    return { driver: 'tc', faultId: order.faultId, device, before: found.snapshot };
  }

  async apply(order: FaultOrder): Promise<void> {
    const { run, control, policy } = this.parts;
    const spec = tcSpecOf(order);
    const found = await readDevice(run, spec.params.device);
    if (found?.rootHandle === ROOT_HANDLE && found.classes.includes(scopeClassOf(order.faultId))) return;
    await outputOf(run, TC_STDIN, { stdin: batch(tcCommands(order.faultId, spec, await sparedBy(control, policy))), faultId: order.faultId });
  }

  async prove(order: FaultOrder): Promise<Proof> {
    const spec = tcSpecOf(order);
    const probed = dialable(spec.params) !== null;
    const afterMs = await medianAnswerMs(spec.params, ANSWER_WITHIN_MS + ('delayMs' in spec.params ? spec.params.delayMs : 0));
    const leaf = await readLeaf(this.parts.run, spec.params.device);
    return proofOf(judgeLeaf(spec, { leaf, probed, beforeMs: this.answerBeforeMs.get(order.faultId) ?? null, afterMs }));
  }

  async revert(undo: Undo): Promise<void> {
    if (undo.driver !== 'tc') throw new Error(`an undo of the ${undo.driver} driver came to the traffic control driver`);
    this.answerBeforeMs.delete(undo.faultId);
    await undoTc(undo, this.parts.run);
  }

  async sweep(): Promise<readonly string[]> {
    return (await whyNoRights(this.parts.run, 'tc')) === null ? sweepTc(this.parts.run) : [];
  }

  /** A packet that is longer than the burst never leaves a token bucket: that would be a partition under the name of a rate. */
  private async whyTooSmall({ kind, params }: TcSpec): Promise<string | null> {
    if (kind !== 'network-rate') return null;
    const longest = await longestPacketBytes(this.parts.run, params.device);
    if (longest === null || params.burstBytes >= longest) return null;
    return `packets on ${params.device} can have ${longest} bytes and those longer than burstBytes (${params.burstBytes}) would never leave: ask for at least ${longest}`;
  }
}

/** tc reads one command a line; no word of ours holds a space. */
function batch(commands: readonly (readonly string[])[]): string {
  return commands.map((words) => `${words.join(' ')}\n`).join('');
}

function whyTaken(device: string, found: DeviceState | null): string | null {
  if (found === null) return `this host has no network device ${device}`;
  if (found.rootHandle === ROOT_HANDLE) return `a fault of Faultline acts on ${device} already`;
  if (found.rootHandle !== KERNEL_DEFAULT_HANDLE) return `${device} has a queueing discipline of its own (${found.rootKind} ${found.rootHandle}), which Faultline did not make and does not replace`;
  return null;
}

/** Null when the scope names nothing that can be dialled, or when most dials stay without an answer. */
async function medianAnswerMs(scope: PacketScope, withinMs: number): Promise<number | null> {
  const probe = dialable(scope);
  if (probe === null) return null;
  const answers = await Promise.all(Array.from({ length: DIALS }, () => dial(probe, withinMs)));
  const sorted = answers.filter((answerMs) => answerMs !== null).sort((a, b) => a - b);
  return sorted[Math.floor(DIALS / 2)] ?? null;
}
