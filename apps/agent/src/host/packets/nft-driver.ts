import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentPolicy, Capability, FaultOrder, Proof } from '#contracts';
import type { FaultDriver } from '../../faults/fault-driver.js';
import type { Undo } from '../../faults/undo.js';
import type { Log } from '../../log.js';
import { outputOf } from '../commands.js';
import type { RunCommand } from '../commands.js';
import type { ControlTraffic } from '../control-traffic.js';
import { proofOf } from '../proof.js';
import { dial } from './dial.js';
import { whyNoPackets, whyNoRights } from './kernel-trial.js';
import type { Trial } from './kernel-trial.js';
import { nftFaultOf, nftScript, tableOf } from './nft-plan.js';
import type { NftFault } from './nft-plan.js';
import { judgeDrops } from './judge-drops.js';
import { droppedPackets, hashForeignRules, readTable } from './nft-tables.js';
import { NFT_KINDS, dialable } from './scope.js';
import { sparedBy, whyUnspared } from './spared.js';
import { sweepNft, undoNft } from './undo-nft.js';

export interface PacketParts {
  readonly policy: AgentPolicy['network'];
  readonly control: ControlTraffic;
  readonly run: RunCommand;
  readonly log: Log;
}

const NFT_STDIN = ['nft', '-f', '-'] as const;
const TRIAL: Omit<NftFault, 'share'> = { faultId: '00000000-0000-4000-8000-000000000000', scope: { peers: ['192.0.2.1', '2001:db8::/32'], ports: [9], transport: 'any' }, direction: 'both' };
// Below the second after which a lost SYN is sent again, and above any round trip worth probing over.
const ANSWER_WITHIN_MS = 500;
// A share is told from none by many probes, a full cut by few.
const PROBES = { all: 3, some: 20 };
const WATCH_MS = 2_000;
const WATCH_EVERY_MS = 200;

/** Packets that vanish, by a table of our own in nftables. */
export class NftDriver implements FaultDriver {
  readonly kinds = NFT_KINDS;
  private readonly answeredBefore = new Map<string, boolean>();

  constructor(private readonly parts: PacketParts) {}

  async capabilities(): Promise<readonly Capability[]> {
    const { run } = this.parts;
    const shares = { 'network-partition': 1, 'network-drop': 0.5 };
    const spared = { control: { addresses: ['192.0.2.2'], port: 7979 }, protectedPorts: [22] };
    const trial = (share: number): Trial => ({ what: 'nftables', argv: NFT_STDIN, stdin: nftScript({ ...TRIAL, share }, spared) });
    return Promise.all(NFT_KINDS.map(async (kind) => ({ kind, unavailable: await whyNoPackets(run, trial(shares[kind])) })));
  }

  async refusal({ faultId }: FaultOrder): Promise<string | null> {
    const unspared = await whyUnspared(this.parts.control);
    if (unspared !== null) return unspared;
    const table = tableOf(faultId);
    return (await readTable(this.parts.run, table, faultId)) === 'foreign' ? `the nftables table ${table} is there already and not this fault's` : null;
  }

  async plan(order: FaultOrder): Promise<Undo> {
    const probe = dialable(nftFaultOf(order).scope);
    if (probe !== null) this.answeredBefore.set(order.faultId, (await dial(probe, ANSWER_WITHIN_MS)) !== null);
    return { driver: 'nft', faultId: order.faultId, table: tableOf(order.faultId), before: await hashForeignRules(this.parts.run) };
  }

  async apply(order: FaultOrder): Promise<void> {
    const { run, control, policy } = this.parts;
    if ((await readTable(run, tableOf(order.faultId), order.faultId)) === 'foreign') throw new Error(`the nftables table ${tableOf(order.faultId)} is not this fault's`);
    await outputOf(run, NFT_STDIN, { stdin: nftScript(nftFaultOf(order), await sparedBy(control, policy)), faultId: order.faultId });
  }

  async prove(order: FaultOrder): Promise<Proof> {
    const { scope, share } = nftFaultOf(order);
    const probe = dialable(scope);
    const probes = probe === null ? 0 : share === 1 ? PROBES.all : PROBES.some;
    const answers = probe === null ? [] : await Promise.all(Array.from({ length: probes }, () => dial(probe, ANSWER_WITHIN_MS)));
    const answered = answers.filter((answerMs) => answerMs !== null).length;
    const dropped = await this.watchDrops(order.faultId, probes === 0 ? WATCH_MS : 0);
    return proofOf(judgeDrops({ share, probes, answered, dropped, answeredBefore: this.answeredBefore.get(order.faultId) ?? null }));
  }

  async revert(undo: Undo): Promise<void> {
    if (undo.driver !== 'nft') throw new Error(`an undo of the ${undo.driver} driver came to the nftables driver`);
    this.answeredBefore.delete(undo.faultId);
    await undoNft(undo, this.parts.run, this.parts.log);
  }

  async sweep(): Promise<readonly string[]> {
    return (await whyNoRights(this.parts.run, 'nft')) === null ? sweepNft(this.parts.run) : [];
  }

  /** Until the first packet is dropped, or the time is over. */
  private async watchDrops(faultId: string, forMs: number): Promise<number> {
    const endsAtMs = performance.now() + forMs;
    for (;;) {
      // A table that is gone has dropped nothing: the fault was reverted meanwhile.
      const dropped = await droppedPackets(this.parts.run, tableOf(faultId)).catch(() => 0);
      if (dropped > 0 || performance.now() >= endsAtMs) return dropped;
      await sleep(WATCH_EVERY_MS);
    }
  }
}
