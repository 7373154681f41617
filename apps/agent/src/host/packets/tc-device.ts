import type { RunCommand } from '../commands.js';
import { outputOf, whyFailed } from '../commands.js';
import type { Argv } from '../commands.js';
import { LEAF_HANDLE, ROOT_HANDLE } from './tc-plan.js';

export interface DeviceState {
  /** Handle of the root, such as `8001:`; `0:` is what the kernel put there by itself. */
  readonly rootHandle: string;
  readonly rootKind: string;
  /** Ids of the classes under the root. */
  readonly classes: readonly string[];
  /** Everything that tc prints about the way out, in words that do not change by themselves. */
  readonly snapshot: string;
}

/** The handle that the kernel gives to what it made itself. */
export const KERNEL_DEFAULT_HANDLE = '0:';

/** Null when there is no such device. Rejects when that cannot be told. */
export async function readDevice(run: RunCommand, device: string): Promise<DeviceState | null> {
  const texts: string[] = [];
  for (const what of ['qdisc', 'class', 'filter']) {
    const argv: Argv = ['tc', what, 'show', 'dev', device];
    const result = await run(argv);
    if (/Cannot find device/.test(result.stderr)) return null;
    if (result.exitCode !== 0) throw new Error(whyFailed(argv, result));
    texts.push(result.stdout);
  }
  return parseDevice(texts[0] ?? '', texts[1] ?? '', texts[2] ?? '');
}

/** The devices that have our root, from `tc qdisc show`. */
export async function ownDevices(run: RunCommand): Promise<readonly string[]> {
  const qdiscs = await outputOf(run, ['tc', 'qdisc', 'show']);
  return [...qdiscs.matchAll(new RegExp(`^qdisc htb ${ROOT_HANDLE} dev (\\S+) root`, 'gm'))].map(([, device = '']) => device);
}

export function parseDevice(qdiscs: string, classes: string, filters: string): DeviceState {
  // What handles packets on their way in is neither ours nor in the way.
  const out = qdiscs.split('\n').filter((line) => line !== '' && !/^qdisc (ingress|clsact) /.test(line));
  const root = out.map((line) => /^qdisc (\S+) (\S+) (?:dev \S+ )?root/.exec(line)).find((match) => match !== null);
  const stable = out.map((line) => line.replace(/ refcnt \d+/, '').trimEnd());
  return {
    rootKind: root?.[1] ?? 'noqueue',
    rootHandle: root?.[2] ?? KERNEL_DEFAULT_HANDLE,
    classes: [...classes.matchAll(/^class \S+ (\S+)/gm)].map(([, id = '']) => id),
    snapshot: [...stable, ...classes.split('\n'), ...filters.split('\n')].filter((line) => line !== '').join('\n'),
  };
}

// An Ethernet header with a VLAN tag; the queue counts it, the MTU does not.
const LINK_HEADER_BYTES = 18;

/** The longest packet that can stand in the device's queue, in bytes; null when that cannot be told. */
export async function longestPacketBytes(run: RunCommand, device: string): Promise<number | null> {
  const { stdout } = await run(['ip', '-oneline', 'link', 'show', 'dev', device]);
  const mtu = / mtu (\d+) /.exec(stdout)?.[1];
  return mtu === undefined ? null : Number(mtu) + LINK_HEADER_BYTES;
}

/** What has gone through the fault so far. */
export interface LeafCounters {
  readonly packets: number;
  readonly drops: number;
  /** Times that a packet had to wait because the rate was used up. */
  readonly overlimits: number;
}

interface QdiscListing {
  readonly handle: string;
  readonly packets?: number;
  readonly drops?: number;
  readonly overlimits?: number;
}

/** Null when our root or its leaf is not there. */
export async function readLeaf(run: RunCommand, device: string): Promise<LeafCounters | null> {
  const { exitCode, stdout } = await run(['tc', '-statistics', '-json', 'qdisc', 'show', 'dev', device]);
  return exitCode === 0 ? parseLeaf(stdout) : null;
}

export function parseLeaf(json: string): LeafCounters | null {
  const qdiscs = JSON.parse(json) as readonly QdiscListing[];
  const leaf = qdiscs.find(({ handle }) => handle === LEAF_HANDLE);
  if (leaf === undefined || !qdiscs.some(({ handle }) => handle === ROOT_HANDLE)) return null;
  return { packets: leaf.packets ?? 0, drops: leaf.drops ?? 0, overlimits: leaf.overlimits ?? 0 };
}
