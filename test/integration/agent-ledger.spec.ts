import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UnleasedFault } from '#contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDirectory } from '../../apps/agent/src/ledger/directory-lock.js';
import { Ledger } from '../../apps/agent/src/ledger/ledger.js';
import type { LedgerEntry } from '../../apps/agent/src/ledger/ledger-format.js';
import { createLog } from '../../apps/agent/src/log.js';

const log = createLog('silent');
const EDGE = { source: 'a', target: 'b', protocol: 'tcp' } as const;
let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'faultline-ledger-'));
  path = join(directory, 'ledger.jsonl');
});
const opened: Ledger[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((ledger) => ledger.close()));
  await rm(directory, { recursive: true, force: true });
});

async function open(at = directory): Promise<Ledger> {
  const ledger = await Ledger.open(at, log);
  opened.push(ledger);
  return ledger;
}

function entry(): LedgerEntry {
  const undo = { driver: 'process', faultId: randomUUID(), action: 'stop', pid: 4_711, startTicks: '815', wasStopped: false } as const;
  return { undo, kind: 'process-stop', target: { type: 'process', agent: 'local', process: { by: 'port', port: 5_432 } }, writtenAt: '2026-01-01T00:00:00.000Z' };
}
const residue = async (): Promise<readonly LedgerEntry[]> => (await open()).residue;

describe('the ledger', () => {
  it('gives back after a crash what was added and not removed, undo and all', async () => {
    const [kept, gone] = [entry(), entry()];
    const ledger = await open();
    await Promise.all([ledger.add(kept), ledger.add(gone)]);
    await ledger.remove(gone.undo.faultId);
    expect(await residue()).toEqual([kept]);
  });

  it('keeps every entry when many are written at once, and strikes many at once', async () => {
    const entries = Array.from({ length: 2_000 }, entry);
    const ledger = await open();
    await Promise.all(entries.map((each) => ledger.add(each)));
    expect(await residue()).toEqual(entries);
    await Promise.all(entries.slice(1).map(({ undo }) => ledger.remove(undo.faultId)));
    expect(await residue()).toEqual(entries.slice(0, 1));
  });

  it('goes on after a restart where the last process was', async () => {
    const [first, second] = [entry(), entry()];
    await (await open()).add(first);
    await (await open()).add(second);
    expect(await residue()).toEqual([first, second]);
  });

  it('stays short although it is written to for ever', async () => {
    const ledger = await open();
    const kept = entry();
    await ledger.add(kept);
    for (let round = 0; round < 12; round++) {
      const entries = Array.from({ length: 2_000 }, entry);
      await Promise.all(entries.map((each) => ledger.add(each)));
      await Promise.all(entries.map(({ undo }) => ledger.remove(undo.faultId)));
    }
    expect((await stat(path)).size).toBeLessThan(6 * 1024 * 1024);
    expect(await residue()).toEqual([kept]);
  });

  it('ignores a last line that was cut, which nobody was told was safe', async () => {
    const kept = entry();
    await (await open()).add(kept);
    await appendFile(path, JSON.stringify({ add: entry() }).slice(0, -9));
    const ledger = await open();
    expect([ledger.residue, ledger.intact]).toEqual([[kept], true]);
    await ledger.add(entry());
    expect(await residue()).toHaveLength(2);
  });

  it.each(['', '{"ledger":3}\n', '{"ledger":2}\n{"add":{"faultId":"x"}}\n', '\0\0\0\n', 'nonsense'])('keeps a damaged file (%j) aside, and says so', async (text) => {
    await writeFile(path, text);
    const ledger = await open();
    expect([ledger.residue, ledger.intact]).toEqual([[], false]);
    const aside = (await readdir(directory)).find((name) => name.startsWith('ledger.jsonl.corrupt-'));
    expect(await readFile(join(directory, aside ?? ''), 'utf8')).toBe(text);
    await ledger.add(entry());
    expect(await residue()).toHaveLength(1);
  });

  it('saves from a damaged file what can be read', async () => {
    const [one, other] = [entry(), entry()];
    const ledger = await open();
    await ledger.add(one);
    await appendFile(path, '{"add":{"undo":\n');
    await ledger.add(other);
    const damaged = await open();
    expect([damaged.residue, damaged.intact]).toEqual([[one, other], false]);
    expect((await open()).intact).toBe(true);
    expect(await residue()).toEqual([one, other]);
  });

  it('reads the ledger of the version before, whose faults were all on edges', async () => {
    const faultId = randomUUID();
    const old = { faultId, kind: 'latency', target: { type: 'edge', edge: EDGE }, writtenAt: '2026-01-01T00:00:00.000Z' };
    await writeFile(join(directory, 'ledger.json'), JSON.stringify({ version: 1, entries: [old] }));
    const { faultId: _, ...rest } = old;
    expect(await residue()).toEqual([{ ...rest, undo: { driver: 'edge', faultId } }]);
    expect(await readdir(directory)).toEqual(['ledger.jsonl']);
    expect(await residue()).toHaveLength(1);
  });

  it('keeps a damaged ledger of the version before aside', async () => {
    await writeFile(join(directory, 'ledger.json'), '{"version":1,"entries":[');
    expect((await open()).intact).toBe(false);
    expect((await readdir(directory)).some((name) => name.startsWith('ledger.json.corrupt-'))).toBe(true);
  });

  it('holds faults without a lease while they act, and starts without them', async () => {
    const toxic = { name: 'slow', type: 'latency', stream: 'downstream', toxicity: 1, attributes: { latency: 5 } } as const;
    const fault: UnleasedFault = { proxy: 'redis', edge: EDGE, toxic, sinceMs: 1 };
    const ledger = await open();
    await ledger.putUnleased('redis', [fault]);
    expect(await readFile(path, 'utf8')).toContain('"slow"');
    const next = await open();
    await next.add(entry());
    expect(await readFile(path, 'utf8')).not.toContain('"slow"');
  });

  it('rejects when the entry cannot be made durable, keeps none of it, and works again afterwards', async () => {
    const ledger = await open(join(directory, 'missing'));
    await expect(ledger.add(entry())).rejects.toThrow(/ENOENT/);
    await expect(ledger.putUnleased('redis', [])).rejects.toThrow(/ENOENT/);
    await mkdir(join(directory, 'missing'));
    const second = entry();
    await ledger.add(second);
    expect((await open(join(directory, 'missing'))).residue).toEqual([second]);
  });

  it('is readable by its owner only', async () => {
    const ledger = await open();
    await ledger.add(entry());
    await ledger.close();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
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
