import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { FAULT_KINDS, faultTargetSchema } from '#contracts';
import { z } from 'zod';
import type { Log } from '../log.js';
import { replaceFile } from './durable-file.js';

const entrySchema = z.strictObject({
  faultId: z.uuid(),
  kind: z.enum(FAULT_KINDS),
  target: faultTargetSchema,
  /** When it was written, for people who read the file. */
  writtenAt: z.iso.datetime(),
});
export type LedgerEntry = z.infer<typeof entrySchema>;
const ledgerSchema = z.strictObject({ version: z.literal(1), entries: z.array(entrySchema) });

/**
 * What may act on a target right now, on disk. An entry is durable before its fault is applied and goes after it is reverted, so whatever
 * is found at start was left by a crash and has to be undone.
 */
export class Ledger {
  /** Entries found at start, not yet removed. */
  readonly residue: readonly LedgerEntry[];
  private readonly entries: Map<string, LedgerEntry>;
  private lastWrite: Promise<void> = Promise.resolve();

  private constructor(
    private readonly path: string,
    residue: readonly LedgerEntry[],
  ) {
    this.residue = residue;
    this.entries = new Map(residue.map((entry) => [entry.faultId, entry]));
  }

  /** Reads `ledger.json` in `directory`. One that cannot be understood is kept aside, and the ledger starts empty. */
  static async open(directory: string, log: Log): Promise<Ledger> {
    const path = join(directory, 'ledger.json');
    return new Ledger(path, await readEntries(path, log));
  }

  /** Resolves when the entry is on disk; rejects when that cannot be had, and the entry is then not kept. */
  async add(entry: LedgerEntry): Promise<void> {
    this.entries.set(entry.faultId, entry);
    try {
      await this.write();
    } catch (error) {
      this.entries.delete(entry.faultId);
      throw error;
    }
  }

  async remove(faultId: string): Promise<void> {
    if (this.entries.delete(faultId)) await this.write();
  }

  // One write at a time, each with the entries of its moment: a later one never loses to an earlier.
  private write(): Promise<void> {
    const write = (): Promise<void> => replaceFile(this.path, `${JSON.stringify({ version: 1, entries: [...this.entries.values()] }, null, 2)}\n`);
    // A failed write is reported to its own caller; it must not keep the next from being tried.
    const done = this.lastWrite.catch(() => undefined).then(write);
    this.lastWrite = done;
    return done;
  }
}

async function readEntries(path: string, log: Log): Promise<LedgerEntry[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const entries = parseEntries(text);
  if (entries !== null) return entries;
  const aside = `${path}.corrupt-${Date.now()}`;
  await rename(path, aside);
  log.error({ file: aside }, 'The fault ledger could not be read. It is kept aside; faults on proxied edges are gone with the last process, so this start is clean.');
  return [];
}

function parseEntries(text: string): LedgerEntry[] | null {
  try {
    const parsed = ledgerSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.entries : null;
  } catch {
    // Not JSON at all: the same as a wrong shape.
    return null;
  }
}
