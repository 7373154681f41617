import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { ProcessRef } from '#contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Undo } from '../../../apps/agent/src/faults/undo.js';
import { waitUntil } from '../../support/wait-until.js';
import { readProcess } from '../../../apps/agent/src/host/processes/process-table.js';
import { CallProcess } from './call-process.js';
import { DRIVER_PROCESS, TARGET_PROCESS } from './entries.js';
import { orderOf } from './rig.js';

let processes: CallProcess[];
let sleepers: ChildProcess[];
beforeEach(() => {
  processes = [];
  sleepers = [];
});
afterEach(async () => {
  await Promise.all(processes.map((process) => process.kill()));
  for (const sleeper of sleepers) sleeper.kill('SIGKILL');
});

const start = (entry: URL, env: NodeJS.ProcessEnv = {}): CallProcess => {
  const process = CallProcess.start(entry, { env });
  processes.push(process);
  return process;
};
const driver = (processPolicy: object, controlPort = 9): CallProcess =>
  start(DRIVER_PROCESS, { DRIVER_SETTINGS: JSON.stringify({ policy: { processes: processPolicy }, control: { host: '127.0.0.1', port: controlPort } }) });
const stop = (ref: ProcessRef): ReturnType<typeof orderOf> => orderOf('process-stop', randomUUID(), {}, ref);
const refusal = (from: CallProcess, ref: ProcessRef): Promise<string | null> => from.call('refusal', stop(ref));
async function target(): Promise<{ readonly pid: number; readonly port: number }> {
  const process = start(TARGET_PROCESS);
  return { port: await process.call<number>('listen'), pid: process.pid };
}
const state = async (pid: number): Promise<string | undefined> => (await readProcess(pid))?.state;

describe('which process is meant', () => {
  it('is told by pid, by the name of a script, and by a listening port', async () => {
    const { pid, port } = await target();
    const from = driver({ names: ['target-process.js'] });
    expect(await refusal(from, { by: 'pid', pid })).toBeNull();
    expect(await refusal(from, { by: 'port', port })).toBeNull();
    expect(await refusal(from, { by: 'name', name: 'target-process.js' })).toBeNull();
    const undo = await from.call<Undo>('plan', stop({ by: 'port', port }));
    expect(undo).toMatchObject({ driver: 'process', pid, wasStopped: false });
  });

  it('is never guessed: several are listed, none is said', async () => {
    const [one, other] = [await target(), await target()];
    const from = driver({ names: ['target-process.js'] });
    const several = await refusal(from, { by: 'name', name: 'target-process.js' });
    expect(several).toContain('2 processes match target-process.js');
    expect(several).toContain(`${one.pid} (`);
    expect(several).toContain(`${other.pid} (`);
    expect(await refusal(from, { by: 'port', port: 1 })).toBe('no process listens on TCP port 1');
    expect(await refusal(from, { by: 'name', name: 'no-such-program' })).toBe('no process matches no-such-program');
  });
});

describe('no fault touches', () => {
  it('a process that the policy does not name, by program or by port', async () => {
    const { pid, port } = await target();
    expect(await refusal(driver({ names: ['nginx'] }), { by: 'pid', pid })).toContain('processes.names, processes.ports');
    expect(await refusal(driver({ ports: [port] }), { by: 'pid', pid })).toBeNull();
  });

  it('the agent, what started it, what it started, and threads of the kernel', async () => {
    const from = driver({ names: ['node', 'driver-process.js', 'watchdog-process.js', 'kthreadd', 'systemd'] });
    await from.call('hold', { driver: 'edge', faultId: randomUUID() }, 60_000);
    expect(await refusal(from, { by: 'pid', pid: from.pid })).toContain('is the agent or what started it');
    expect(await refusal(from, { by: 'pid', pid: process.pid })).toContain('is the agent or what started it');
    expect(await refusal(from, { by: 'name', name: 'watchdog-process.js' })).toMatch(/one of the agent's own|processes match/);
    if ((await readProcess(2))?.kernelThread === true) expect(await refusal(from, { by: 'pid', pid: 2 })).toContain('belongs to the system');
    await from.call('stop');
  });

  it("the server that the agent is connected to, although the policy names it", async () => {
    const { pid, port } = await target();
    expect(await refusal(driver({ ports: [port] }, port), { by: 'pid', pid })).toContain('is part of Faultline');
  });
});

describe('revert', () => {
  it('leaves a process stopped that somebody else had stopped', async () => {
    const { pid, port } = await target();
    const from = driver({ ports: [port] });
    process.kill(pid, 'SIGSTOP');
    await waitUntil('it is stopped', async () => (await state(pid)) === 'T');
    const order = stop({ by: 'pid', pid });
    const undo = await from.call<Undo>('plan', order);
    await from.call('apply', order, undo);
    await from.call('revert', 'process-stop', undo);
    expect(await state(pid)).toBe('T');
  });

  it('does not touch another process that has the number now', async () => {
    const { pid, port } = await target();
    const from = driver({ ports: [port] });
    const order = stop({ by: 'pid', pid });
    const undo = await from.call<Undo>('plan', order);
    const earlier = { ...undo, startTicks: '1' };
    process.kill(pid, 'SIGSTOP');
    await waitUntil('it is stopped', async () => (await state(pid)) === 'T');
    await from.call('revert', 'process-stop', earlier);
    expect(await state(pid)).toBe('T');
    await expect(from.call('apply', order, earlier)).rejects.toThrow('is gone');
  });
});

describe('kill', () => {
  it('lets a process clean up when SIGTERM was asked for, and says when it does not end', async () => {
    const { pid, port } = await target();
    const from = driver({ ports: [port] });
    const order = orderOf('process-kill', randomUUID(), { signal: 'SIGTERM' }, { by: 'pid', pid });
    const undo = await from.call<Undo>('plan', order);
    await from.call('apply', order, undo);
    expect(await from.call('prove', order, undo)).toMatchObject({ verdict: 'bites' });
    // A process of our own that ignores the signal.
    const stubborn = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => undefined); process.stdout.write('up'); setInterval(() => undefined, 1000)"], { stdio: ['ignore', 'pipe', 'ignore'] });
    sleepers.push(stubborn);
    await new Promise((resolve) => stubborn.stdout.once('data', resolve));
    const second = orderOf('process-kill', randomUUID(), { signal: 'SIGTERM' }, { by: 'pid', pid: stubborn.pid ?? 0 });
    const secondUndo = await from.call<Undo>('plan', second);
    await from.call('apply', second, secondUndo);
    expect(await from.call('prove', second, secondUndo)).toMatchObject({ verdict: 'does-not-bite', got: expect.stringContaining('still lives') });
  });
});
