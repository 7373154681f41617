import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { UnleasedFault } from '#contracts';
import type { Log } from '../log.js';
import { DurableJournal } from './durable-journal.js';
import { contentText, emptyContent, lineText, parseFirstVersion, parseLedger } from './ledger-format.js';
import type { LedgerContent, LedgerEntry, ParsedLedger } from './ledger-format.js';

/**
 * What may act on a target right now, on disk. An entry is durable before its fault is applied and goes after it is reverted, so whatever
 * is found at start was left by a crash and has to be undone.
 */
export class Ledger {
  /** Entries found at start. */
  readonly residue: readonly LedgerEntry[];
  private readonly journal: DurableJournal;

  private constructor(
    path: string,
    private readonly content: LedgerContent,
    /** False when there was a ledger that could not be read whole: faults may act that nobody remembers. */
    readonly intact: boolean,
  ) {
    this.residue = [...content.entries.values()];
    this.journal = new DurableJournal(path, () => contentText(content));
  }

  /** Reads the ledger in `directory`, of this version and the one before. One that cannot be understood is kept aside, and what can be read of it is taken. */
  static async open(directory: string, log: Log): Promise<Ledger> {
    const [path, firstPath] = [join(directory, 'ledger.jsonl'), join(directory, 'ledger.json')];
    const found = await read(path, parseLedger, log);
    const first = await read(firstPath, parseFirstVersion, log);
    const before = [...found.content.unleased.values()].flat();
    if (before.length > 0) log.warn({ toxics: before.map(({ proxy, toxic }) => `${proxy}/${toxic?.name ?? 'disabled'}`) }, 'These faults without a lease ended with the last process.');
    const entries = new Map([...first.content.entries, ...found.content.entries]);
    const ledger = new Ledger(path, { entries, unleased: new Map() }, first.intact && found.intact);
    // What was read elsewhere than in this file is in this file before it can be lost there.
    if (first.content.entries.size > 0 || !ledger.intact) await ledger.journal.settle();
    await rm(firstPath, { force: true });
    return ledger;
  }

  /** Resolves when the entry is on disk; rejects when that cannot be had, and the entry is then not kept. */
  async add(entry: LedgerEntry): Promise<void> {
    const { entries } = this.content;
    const { faultId } = entry.undo;
    entries.set(faultId, entry);
    try {
      await this.journal.add(lineText({ add: entry }));
    } catch (error) {
      entries.delete(faultId);
      throw error;
    }
  }

  async remove(faultId: string): Promise<void> {
    if (this.content.entries.delete(faultId)) await this.journal.add(lineText({ remove: faultId }));
  }

  /** Replaces what is known of a proxy's faults without a lease. Resolves when it is on disk; rejects when that cannot be had, and what was known stays. */
  async putUnleased(proxy: string, faults: readonly UnleasedFault[]): Promise<void> {
    const { unleased } = this.content;
    const before = unleased.get(proxy);
    const put = (known: readonly UnleasedFault[] | undefined): unknown => (known === undefined || known.length === 0 ? unleased.delete(proxy) : unleased.set(proxy, known));
    put(faults);
    try {
      await this.journal.add(lineText({ proxy, unleased: [...faults] }));
    } catch (error) {
      put(before);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.journal.close();
  }
}

/** No file is an empty ledger. A damaged one is kept aside. */
async function read(path: string, parse: (text: string) => ParsedLedger, log: Log): Promise<ParsedLedger> {
  const text = await readText(path);
  if (text === null) return { content: emptyContent(), intact: true };
  const parsed = parse(text);
  if (!parsed.intact) await keepAside(path, log);
  return parsed;
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function keepAside(path: string, log: Log): Promise<void> {
  const aside = `${path}.corrupt-${Date.now()}`;
  await rename(path, aside);
  log.error({ file: aside }, 'The fault ledger is DAMAGED, so faults may act that nobody remembers. It is kept aside; what can be read of it is undone, and the host is searched for the rest.');
}
