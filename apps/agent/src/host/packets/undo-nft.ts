import type { Undo } from '../../faults/undo.js';
import type { Log } from '../../log.js';
import { whyFailed } from '../commands.js';
import type { Argv, RunCommand } from '../commands.js';
import { endCommands } from './end-commands.js';
import { hashForeignRules, ownTables, readTable } from './nft-tables.js';

type NftUndo = Extract<Undo, { driver: 'nft' }>;

/** Deletes the fault's table and makes sure that it is gone. */
export async function undoNft({ faultId, table, before }: NftUndo, run: RunCommand, log: Log): Promise<void> {
  await endCommands(faultId);
  await deleteTable(run, table, faultId);
  // Everything we ever wrote is in that table. A difference elsewhere was made by others, whose rules may change at any time: it is told, and blocks nothing.
  if ((await hashForeignRules(run)) !== before) log.warn({ faultId, table }, 'The table of the fault is gone. Other rules of this host changed while it acted, and not by Faultline.');
}

/** Deletes the tables of all faults; says what there was. */
export async function sweepNft(run: RunCommand): Promise<readonly string[]> {
  const found = await ownTables(run);
  for (const { table, faultId } of found) await deleteTable(run, table, faultId);
  return found.map(({ table, faultId }) => `nftables table ${table} of the fault ${faultId}`);
}

async function deleteTable(run: RunCommand, table: string, faultId: string): Promise<void> {
  if ((await readTable(run, table, faultId)) !== 'ours') return;
  const argv: Argv = ['nft', 'delete', 'table', 'inet', table];
  const deleted = await run(argv);
  if ((await readTable(run, table, faultId)) === 'ours') throw new Error(`the nftables table ${table} is still there: ${whyFailed(argv, deleted)}`);
}
