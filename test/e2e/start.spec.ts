// Long because every way of starting, stopping and failing shares one set-up and one proof that nothing is left.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findLauncher } from '../../apps/cli/src/postgres/launcher.js';
import { freePort } from '../support/embedded-postgres.js';
import { writeStandIns } from '../support/stand-in-parts.js';
import { PROJECT_ROOT } from '../support/project-root.js';
import { UpProcess, killNaming, processesNaming } from '../support/up-process.js';
import { waitUntil } from '../support/wait-until.js';

const MAIN = join(PROJECT_ROOT, 'dist/apps/cli/src/main.js');

let folder: string;
let dataDir: string;
let port: number;
let runner: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faultline-start-'));
  dataDir = join(folder, 'data');
  port = await freePort();
  runner = await writeStandIns(join(folder, 'parts'));
});

afterEach(async () => {
  await killNaming(folder);
  await rm(folder, { recursive: true, force: true });
});

/** `faultline up` over the stand-ins. */
function up(options: { args?: readonly string[]; environment?: Record<string, string>; minFreeBytes?: number } = {}): UpProcess {
  return new UpProcess([runner, String(options.minFreeBytes ?? 0), '--port', String(port), '--data-dir', dataDir, ...(options.args ?? [])], options.environment);
}

/** `faultline up` as it is shipped. */
function realUp(args: readonly string[], environment: Record<string, string> = {}): UpProcess {
  return new UpProcess([MAIN, 'up', '--port', String(port), '--data-dir', dataDir, ...args], environment);
}

async function postmaster(): Promise<{ pid: number; port: number }> {
  const lines = (await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

async function query(sql: string): Promise<unknown[]> {
  const password = await readFile(join(dataDir, 'postgres-password'), 'utf8');
  const client = new pg.Client({ host: '127.0.0.1', port: (await postmaster()).port, user: 'faultline', password, database: 'faultline' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function nothingIsLeft(): Promise<void> {
  expect(processesNaming(folder)).toEqual([]);
  expect(existsSync(join(dataDir, 'lock'))).toBe(false);
}

function pidOf(part: string): number {
  return Number.parseInt(processesNaming(join(folder, 'parts', part)).find((line) => !line.includes(' -e ')) ?? '0', 10);
}

describe('starting and stopping', () => {
  it('ends with one line that carries the link, and the page answers then', async () => {
    const first = up();
    const link = await first.link();
    expect(link).toBe(`http://localhost:${port}/#sign-in=secret`);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
    expect(first.output.trimEnd().split('\n').at(-1)).toContain(link);
    await first.stop();
  });

  it('keeps the data for the second start', async () => {
    const first = up();
    await first.link();
    await query('CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const second = up();
    await second.link();
    expect(await query('SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(second.output).not.toContain('first start only');
    await second.stop();
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('leaves no process and no lock after %s', async (signal) => {
    const running = up();
    await running.link();
    expect(processesNaming(folder).length).toBeGreaterThan(4);
    expect((await running.stop(signal)).code).toBe(0);
    await nothingIsLeft();
  });

  it('leaves nothing when it is stopped in the middle of the first start', async () => {
    const running = up();
    await waitUntil('the database is being created', () => running.output.includes('creating the database'));
    expect((await running.stop()).code).toBe(0);
    await waitUntil('initdb has ended', () => processesNaming(folder).length === 0);
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
    const next = up();
    await next.link();
    await next.stop();
  });

  it('ends a part that ignores SIGTERM', async () => {
    const running = up({ environment: { STAND_IN_IGNORES_SIGTERM: 'agent' } });
    await running.link();
    expect((await running.stop()).code).toBe(0);
    await nothingIsLeft();
  });

  it('is forced by a second Ctrl-C, but not by the copy of the first that npm passes on', async () => {
    const running = up({ environment: { STAND_IN_IGNORES_SIGTERM: 'demo' } });
    await running.link();
    running.signal('SIGINT');
    running.signal('SIGINT');
    await waitUntil('it is stopping', () => running.output.includes('stopping'));
    const again = setInterval(() => running.signal('SIGINT'), 1_200);
    const { code, output } = await running.ended();
    clearInterval(again);
    expect({ code, output }).toEqual({ code: 130, output: expect.stringContaining('by force') as string });
    await waitUntil('PostgreSQL has seen its immediate shutdown', () => processesNaming(folder).length === 0);
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
  });
});

describe('after a crash', () => {
  it('leaves no process when it is killed with SIGKILL, and starts again over the stale lock', async () => {
    const killed = up();
    await killed.link();
    await killed.stop('SIGKILL');
    await waitUntil('everything has ended by itself', () => processesNaming(folder).length === 0);
    expect(existsSync(join(dataDir, 'lock'))).toBe(true);
    const next = up();
    await next.link();
    await next.stop();
    await nothingIsLeft();
  });

  it('stops a PostgreSQL that was left behind and goes on with its data', async () => {
    const first = up();
    await first.link();
    await query('CREATE TABLE kept AS SELECT 42 AS answer');
    const [program = '', ...argv] = (await readFile(`/proc/${(await postmaster()).pid}/cmdline`, 'utf8')).split('\0').slice(0, -1);
    await first.stop();
    const { file, args, options } = (await findLauncher(program, join(dataDir, 'postgres'))).command(program, argv);
    // As a machine without setpriv leaves it: nobody tells it that its parent has gone.
    const bound = args.indexOf('--pdeathsig');
    const unbound = bound === -1 ? args : args.toSpliced(bound, 2);
    spawn(file, unbound, { ...options, stdio: 'ignore', detached: true }).unref();
    await waitUntil('the one left behind answers', () => query('SELECT 1'));
    const leftBehind = (await postmaster()).pid;
    const next = up();
    await next.link();
    expect((await postmaster()).pid).not.toBe(leftBehind);
    expect(await query('SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await next.stop();
    await nothingIsLeft();
  });

  it('takes over a lock whose pid belongs to another process by now', async () => {
    const first = up();
    await first.link();
    const lock = JSON.parse(await readFile(join(dataDir, 'lock'), 'utf8')) as object;
    await first.stop();
    await writeFile(join(dataDir, 'lock'), JSON.stringify({ ...lock, pid: process.pid }));
    const next = up();
    await next.link();
    await next.stop();
  });

  it('lets one of several starts win a stale lock', async () => {
    const killed = up();
    await killed.link();
    await killed.stop('SIGKILL');
    await waitUntil('everything has ended by itself', () => processesNaming(folder).length === 0);
    const ports = [port, await freePort(), await freePort()];
    const starts = ports.map((free) => up({ args: ['--port', String(free)] }));
    const won = await Promise.all(starts.map((start) => start.link().then(() => true, () => false)));
    expect(won.filter(Boolean)).toHaveLength(1);
    for (const start of starts.filter((_, i) => won[i] === false)) expect((await start.ended()).output).toMatch(/is in use by pid \d+/);
    await Promise.all(starts.map((start) => start.stop()));
  });

  it('brings PostgreSQL back on the same port when it is killed', async () => {
    const running = up();
    await running.link();
    const before = await postmaster();
    process.kill(before.pid, 'SIGKILL');
    await waitUntil('it is back', () => /database +is back/.test(running.output));
    const after = await postmaster();
    expect({ port: after.port, samePid: after.pid === before.pid }).toEqual({ port: before.port, samePid: false });
    expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(running.output).toMatch(/database +was killed by SIGKILL; starting it again/);
    await running.stop();
    await nothingIsLeft();
  });

  it('starts a part again that is killed, and ends what it left behind', async () => {
    const running = up();
    await running.link();
    const killed = pidOf('demo.mjs');
    const orphan = processesNaming(join(folder, 'parts/demo.mjs')).filter((line) => line.includes(' -e '));
    process.kill(killed, 'SIGKILL');
    await waitUntil('it is back', () => /demo +is back/.test(running.output));
    expect(pidOf('demo.mjs')).not.toBe(killed);
    expect(processesNaming(folder)).not.toEqual(expect.arrayContaining(orphan));
    await running.stop();
    await nothingIsLeft();
  });
});

describe('what keeps it from starting is one line that says what to do', () => {
  async function refusal(attempt: UpProcess): Promise<string> {
    const { code, output } = await attempt.ended();
    expect(code).toBe(1);
    return output.trimEnd().split('\n').filter((line) => line.startsWith('faultline: ')).join('\n');
  }

  describe('a taken port', () => {
    let holder: Server;
    afterEach(() => new Promise((resolve) => holder.close(resolve)));

    it.each(['127.0.0.1', '0.0.0.0', '::1'])('on %s, with the pid of who has it', async (host) => {
      holder = createServer();
      const listens = await new Promise<boolean>((resolve) => holder.once('error', () => resolve(false)).listen(port, host, () => resolve(true)));
      // A machine without IPv6 has nobody on ::1.
      if (!listens) return;
      expect(await refusal(up())).toMatch(new RegExp(`^faultline: Port ${port} is taken by pid ${process.pid} \\(.+\\)\\. Stop that process, or choose another port with --port\\.$`));
      await nothingIsLeft();
    });
  });

  it('a data directory in use, with the pid and command of its holder', async () => {
    const holder = up();
    await holder.link();
    port = await freePort();
    const line = await refusal(up());
    expect(line).toMatch(new RegExp(`^faultline: The data directory ${dataDir} is in use by pid ${holder.pid} \\(.*up\\.mjs.*\\)\\.`));
    expect((await fetch((await holder.link()).split('#')[0] ?? '')).status).toBe(200);
    await holder.stop();
    await nothingIsLeft();
  });

  it('a data directory that is a file', async () => {
    await writeFile(dataDir, '');
    expect(await refusal(up())).toBe(`faultline: The data directory ${dataDir} cannot be used: it is a file. Choose another with --data-dir.`);
  });

  it('a data directory below a file, or where nothing can be created', async () => {
    await writeFile(join(folder, 'file'), '');
    dataDir = join(folder, 'file/data');
    expect(await refusal(up())).toContain('a part of the path is a file');
    dataDir = '/proc/faultline';
    expect(await refusal(up())).toContain(`faultline: The data directory ${dataDir} cannot be used: `);
  });

  it('a full disk, with the numbers', async () => {
    expect(await refusal(up({ minFreeBytes: 1e18 }))).toMatch(/^faultline: The disk is full: .+ has \d+ MB free and Faultline needs 1000000000000 MB\. Free some space/);
    await nothingIsLeft();
  });

  it.each(['server', 'agent', 'demo'])('death at start: the last words of the %s and its log', async (part) => {
    const attempt = up({ environment: { STAND_IN_DIES: part } });
    const { code, output } = await attempt.ended();
    expect(code).toBe(1);
    expect(output).toContain(`faultline: The ${part} did not start: it ended with exit code 3. Its log is ${join(dataDir, `log/${part}.log`)}.`);
    expect(output).toContain(`the last words of ${part}`);
    await nothingIsLeft();
  });

  it('a database that cannot be reached', async () => {
    const line = await refusal(realUp(['--no-demo'], { DATABASE_URL: `postgres://someone:hidden@127.0.0.1:${await freePort()}/db` }));
    expect(line).toMatch(/^faultline: The server did not start: .*127\.0\.0\.1/);
    expect(line).not.toContain('hidden');
    await nothingIsLeft();
  });

  it.each([
    [['--prot', '7979'], "Unknown option '--prot'"],
    [['--port', '70000'], '--port must be 1 to 65535'],
    [['--system', 'x.json'], '--system needs --no-demo'],
  ])('a wrong option (%j), with the usage', async (args, problem) => {
    const { code, output } = await realUp(args).ended();
    expect(code).toBe(2);
    expect(output).toContain(problem);
    expect(output).toContain('Usage: faultline up');
    expect(output.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('with everything real', () => {
  it('reaches a link twice over the same data and leaves nothing behind', async () => {
    for (const start of ['first', 'second']) {
      const running = realUp([]);
      expect(await running.link(), start).toMatch(new RegExp(`^http://localhost:${port}/#sign-in=`));
      expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
      expect((await running.stop()).code).toBe(0);
      await nothingIsLeft();
    }
  });
});
