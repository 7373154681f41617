import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDirectory } from '../../apps/agent/src/ledger/directory-lock.js';
import { Ledger } from '../../apps/agent/src/ledger/ledger.js';
import type { LedgerEntry } from '../../apps/agent/src/ledger/ledger.js';
import { createLog } from '../../apps/agent/src/log.js';

const log = createLog('silent');
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'faultline-ledger-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

function entry(): LedgerEntry {
  const edge = { source: 'a', target: 'b', protocol: 'tcp' } as const;
  return { faultId: randomUUID(), kind: 'latency', target: { type: 'edge', edge }, writtenAt: '2026-01-01T00:00:00.000Z' };
}

describe('the ledger', () => {
  it('gives back after a crash what was added and not removed', async () => {
    const [kept, gone] = [entry(), entry()];
    const ledger = await Ledger.open(directory, log);
    await Promise.all([ledger.add(kept), ledger.add(gone)]);
    await ledger.remove(gone.faultId);
    expect((await Ledger.open(directory, log)).residue).toEqual([kept]);
  });

  it('keeps every entry when many are written at once', async () => {
    const entries = Array.from({ length: 20 }, entry);
    const ledger = await Ledger.open(directory, log);
    await Promise.all(entries.map((each) => ledger.add(each)));
    expect((await Ledger.open(directory, log)).residue).toEqual(entries);
  });

  it.each(['', '{"version":1,"entries":[', '{"version":2,"entries":[]}', '{"version":1,"entries":[{"faultId":"x"}]}', '\0\0\0'])('keeps a corrupt file (%j) aside and starts empty', async (text) => {
    await writeFile(join(directory, 'ledger.json'), text);
    const ledger = await Ledger.open(directory, log);
    expect(ledger.residue).toEqual([]);
    const aside = (await readdir(directory)).find((name) => name.startsWith('ledger.json.corrupt-'));
    expect(await readFile(join(directory, aside ?? ''), 'utf8')).toBe(text);
    await ledger.add(entry());
    expect((await Ledger.open(directory, log)).residue).toHaveLength(1);
  });

  it('rejects when the entry cannot be made durable, keeps none of it, and works again afterwards', async () => {
    const ledger = await Ledger.open(join(directory, 'missing'), log);
    await expect(ledger.add(entry())).rejects.toThrow(/ENOENT/);
    await mkdir(join(directory, 'missing'));
    const second = entry();
    await ledger.add(second);
    expect((await Ledger.open(join(directory, 'missing'), log)).residue).toEqual([second]);
  });

  it('is readable by its owner only', async () => {
    await (await Ledger.open(directory, log)).add(entry());
    expect((await stat(join(directory, 'ledger.json'))).mode & 0o777).toBe(0o600);
  });
});

describe('the lock of the data directory', () => {
  const path = (): string => join(directory, 'agent.lock');

  it('is taken by the first, and names its holder to the second', async () => {
    // The parent of this process lives; without a start time its process id is all there is to go by.
    await writeFile(path(), JSON.stringify({ pid: process.ppid, startedAt: null }));
    expect(await lockDirectory(directory)).toMatchObject({ ok: false, problem: expect.stringContaining(`process id ${process.ppid}`) });
  });

  it.each([
    ['a process that is gone', { pid: 4_194_304, startedAt: null }],
    ['a stranger that got its process id', { pid: process.ppid, startedAt: '1' }],
    ['nobody it could name', null],
  ])('is taken over from %s', async (_, holder) => {
    await writeFile(path(), holder === null ? '{' : JSON.stringify(holder));
    const lock = await lockDirectory(directory);
    expect(lock.ok).toBe(true);
    if (lock.ok) await lock.release();
    expect(await readdir(directory)).toEqual([]);
  });

  it('says what to do when the directory cannot be made', async () => {
    await writeFile(join(directory, 'file'), '');
    expect(await lockDirectory(join(directory, 'file', 'below'))).toMatchObject({ ok: false, problem: expect.stringContaining('FAULTLINE_AGENT_DATA') });
  });
});
