import { createHash } from 'node:crypto';
import { outputOf } from '../commands.js';
import type { RunCommand } from '../commands.js';
import { COMMENT, tableComment } from './nft-plan.js';

/** Every table of ours, whichever fault it belongs to. */
const OWN_TABLE = /^table inet faultline_/;

export type TableState = 'absent' | 'ours' | 'foreign';

/** Whether the table is there, and whether it is the fault's. Rejects when that cannot be told. */
export async function readTable(run: RunCommand, table: string, faultId: string): Promise<TableState> {
  const tables = await outputOf(run, ['nft', 'list', 'tables']);
  if (!tables.split('\n').includes(`table inet ${table}`)) return 'absent';
  const listed = await run(['nft', '--stateless', 'list', 'table', 'inet', table]);
  // It can go between the two commands: what undoes a killed agent's fault may be the watchdog and the next agent at once.
  if (listed.exitCode !== 0) return 'absent';
  return listed.stdout.includes(`comment "${tableComment(faultId)}"`) ? 'ours' : 'foreign';
}

/** All tables of ours, with the fault that each says it belongs to. */
export async function ownTables(run: RunCommand): Promise<readonly { readonly table: string; readonly faultId: string }[]> {
  return parseOwnTables(await outputOf(run, ['nft', '--stateless', 'list', 'ruleset']));
}

export function parseOwnTables(ruleset: string): readonly { readonly table: string; readonly faultId: string }[] {
  return [...ruleset.matchAll(new RegExp(`^table inet (faultline_[0-9a-f]{8}) \\{\\s+comment "${COMMENT}([0-9a-f-]{36})"`, 'gm'))].map(([, table = '', faultId = '']) => ({ table, faultId }));
}

/** The rule set of the host without our tables and without counters, hashed. */
export async function hashForeignRules(run: RunCommand): Promise<string> {
  return createHash('sha256').update(foreignRules(await outputOf(run, ['nft', '--stateless', 'list', 'ruleset']))).digest('hex');
}

/** nft prints one table after the other, each from `table ...` to a line of a closing brace. */
export function foreignRules(ruleset: string): string {
  return ruleset
    .split(/^(?=table )/m)
    .filter((table) => !OWN_TABLE.test(table))
    .join('');
}

/** Packets that the fault has dropped so far, from `nft -j list table`. */
export async function droppedPackets(run: RunCommand, table: string): Promise<number> {
  return countedPackets(await outputOf(run, ['nft', '--json', 'list', 'table', 'inet', table]));
}

interface NftListing {
  readonly nftables: readonly { readonly rule?: { readonly expr: readonly { readonly counter?: { readonly packets: number } }[] } }[];
}

/** The sum of all counters in a listing (libnftables-json(5)). */
export function countedPackets(json: string): number {
  const { nftables } = JSON.parse(json) as NftListing;
  return nftables.flatMap(({ rule }) => rule?.expr ?? []).reduce((sum, { counter }) => sum + (counter?.packets ?? 0), 0);
}
