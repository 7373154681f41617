import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { FAULT_PARAMS } from '#contracts';
import type { FaultOrder } from '#contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Undo } from '../../../apps/agent/src/faults/undo.js';
import { runCommand } from '../../../apps/agent/src/host/commands.js';
import { nftFaultOf, nftScript, tableOf } from '../../../apps/agent/src/host/packets/nft-plan.js';
import { tcCommands, tcSpecOf } from '../../../apps/agent/src/host/packets/tc-plan.js';
import { CallProcess } from './call-process.js';
import { DRIVER_PROCESS, PROBE_PROCESS, TARGET_PROCESS } from './entries.js';
import { NetworkLab, PEER_ADDRESS, TARGET_ADDRESS, TARGET_DEVICE } from './network-lab.js';
import { CONTROL } from './packet-rigs.js';
import { orderOf } from './rig.js';
import { unavailableKinds } from './rigs.js';

const unavailable = await unavailableKinds();
const noNft = unavailable.get('network-partition') ?? null;
const noTc = unavailable.get('network-rate') ?? null;
const without = (reason: string | null): string => (reason === null ? '' : ` (left out: ${reason})`);
const WITHIN_MS = 900;
const SPARED = { control: { addresses: ['10.9.9.9', 'fd00::9'], port: 7979 }, protectedPorts: [22, 443] };

let lab: NetworkLab;
let processes: CallProcess[];
const start = (entry: URL, network: string, env: NodeJS.ProcessEnv = {}): CallProcess => {
  const process = CallProcess.start(entry, { network, env });
  processes.push(process);
  return process;
};
const driverIn = (network: string): CallProcess => start(DRIVER_PROCESS, network, { DRIVER_SETTINGS: JSON.stringify({ policy: { network: { allow: true, protectedPorts: [2222] } }, control: CONTROL }) });
/** Plans and applies. */
async function inject(driver: CallProcess, order: FaultOrder): Promise<Undo> {
  expect(await driver.call('refusal', order)).toBeNull();
  const undo = await driver.call<Undo>('plan', order);
  await driver.call('apply', order, undo);
  return undo;
}

describe.skipIf(noNft !== null)(`faults on packets spare${without(noNft)}`, () => {
  beforeEach(async () => {
    processes = [];
    lab = await NetworkLab.open();
  });
  afterEach(async () => {
    await Promise.all(processes.map((process) => process.kill()));
    await lab.close();
  });

  it('the connection to the server and protected ports, although the whole peer is cut off', async () => {
    const [open, guarded, server] = [start(TARGET_PROCESS, lab.target), start(TARGET_PROCESS, lab.target), start(TARGET_PROCESS, lab.peer)];
    await Promise.all([open.call('listen', 8080), guarded.call('listen', 2222), server.call('listen', CONTROL.port)]);
    const [outside, inside] = [start(PROBE_PROCESS, lab.peer), start(PROBE_PROCESS, lab.target)];
    const driver = driverIn(lab.target);
    const order = orderOf('network-partition', randomUUID(), { peers: [PEER_ADDRESS] });
    const undo = await inject(driver, order);
    const dial = (from: CallProcess, host: string, port: number): Promise<number | null> => from.call('dial', { host, port }, WITHIN_MS);
    expect(await dial(outside, TARGET_ADDRESS, 8080)).toBeNull();
    expect(await dial(outside, TARGET_ADDRESS, 2222)).not.toBeNull();
    expect(await dial(inside, CONTROL.host, CONTROL.port)).not.toBeNull();
    await driver.call('revert', 'network-partition', undo);
    expect(await dial(outside, TARGET_ADDRESS, 8080)).not.toBeNull();
  });

  it('loopback, until a peer in it is named', async () => {
    const server = start(TARGET_PROCESS, lab.target);
    await server.call('listen', 8080);
    const inside = start(PROBE_PROCESS, lab.target);
    const driver = driverIn(lab.target);
    const dial = (): Promise<number | null> => inside.call('dial', { host: '127.0.0.1', port: 8080 }, WITHIN_MS);
    const wide = await inject(driver, orderOf('network-partition', randomUUID(), { ports: [8080] }));
    expect(await dial()).not.toBeNull();
    await driver.call('revert', 'network-partition', wide);
    await inject(driver, orderOf('network-partition', randomUUID(), { peers: ['127.0.0.1'], ports: [8080] }));
    expect(await dial()).toBeNull();
  });

  it('a table of the same name that is not ours', async () => {
    const driver = driverIn(lab.target);
    const order = orderOf('network-partition', randomUUID(), { peers: [PEER_ADDRESS] });
    await lab.onTarget('nft', 'add', 'table', 'inet', tableOf(order.faultId));
    expect(await driver.call('refusal', order)).toContain('not this fault');
    await expect(driver.call('apply', order, { driver: 'nft', faultId: order.faultId, table: tableOf(order.faultId), before: '' })).rejects.toThrow('not this fault');
    await driver.call('revert', 'network-partition', { driver: 'nft', faultId: order.faultId, table: tableOf(order.faultId), before: '' });
    expect(await lab.onTarget('nft', 'list', 'tables')).toContain(tableOf(order.faultId));
  });

  it('a device that has a queueing discipline of its own, and one that is not there', async () => {
    const driver = driverIn(lab.target);
    const order = (device: string): FaultOrder => orderOf('network-rate', randomUUID(), { device, kilobitsPerSec: 100, peers: [PEER_ADDRESS] });
    expect(await driver.call('refusal', order('nowhere0'))).toBe('this host has no network device nowhere0');
    const small = orderOf('network-rate', randomUUID(), { device: TARGET_DEVICE, kilobitsPerSec: 100, burstBytes: 1_600, peers: [PEER_ADDRESS] });
    expect(await driver.call('refusal', small)).toBeNull();
    await lab.onTarget('ip', 'link', 'set', TARGET_DEVICE, 'mtu', '9000');
    expect(await driver.call('refusal', small)).toContain('ask for at least 9018');
    await lab.onTarget('tc', 'qdisc', 'add', 'dev', TARGET_DEVICE, 'root', 'handle', '7:', 'pfifo');
    expect(await driver.call('refusal', order(TARGET_DEVICE))).toMatch(/has a queueing discipline of its own \(pfifo 7:\)/);
  });

  it('the fault of another order on the same device: neither applied over nor taken away', async () => {
    const driver = driverIn(lab.target);
    const order = orderOf('network-rate', '11110000-0000-4000-8000-000000000001', { device: TARGET_DEVICE, kilobitsPerSec: 100, peers: [PEER_ADDRESS] });
    const other = { ...order, faultId: '22220000-0000-4000-8000-000000000001' };
    const undo = await inject(driver, order);
    expect(await driver.call('refusal', other)).toContain('acts on near0 already');
    await expect(driver.call('apply', other, { ...undo, faultId: other.faultId })).rejects.toThrow('tc -batch');
    await driver.call('revert', 'network-rate', { ...undo, faultId: other.faultId });
    expect(await lab.onTarget('tc', 'qdisc', 'show', 'dev', TARGET_DEVICE)).toContain('htb fa17:');
    await driver.call('revert', 'network-rate', undo);
    expect(await lab.onTarget('tc', 'qdisc', 'show', 'dev', TARGET_DEVICE)).not.toContain('fa17:');
  });

  it('a host whose server cannot be found: it refuses', async () => {
    const driver = start(DRIVER_PROCESS, lab.target, { DRIVER_SETTINGS: JSON.stringify({ policy: {}, control: { host: 'nowhere.invalid', port: 1 } }) });
    expect(await driver.call('refusal', orderOf('network-partition', randomUUID(), { peers: [PEER_ADDRESS] }))).toContain('nowhere.invalid cannot be resolved');
  });
});

describe('what the planners write', () => {
  const RUNS = 60;
  const ipv4 = fc.ipV4();
  const ipv6 = fc.ipV6().filter((address) => !address.includes('.'));
  const network = fc.oneof(ipv4, ipv6, fc.tuple(ipv4, fc.integer({ min: 0, max: 32 })).map(([address, length]) => `${address}/${length}`), fc.tuple(ipv6, fc.integer({ min: 0, max: 128 })).map(([address, length]) => `${address}/${length}`));
  const scope = fc
    .record({ peers: fc.array(network, { maxLength: 6 }), ports: fc.array(fc.integer({ min: 1, max: 65_535 }), { maxLength: 4 }), transport: fc.constantFrom('tcp', 'udp', 'any') })
    .filter(({ peers, ports }) => peers.length + ports.length > 0);
  it.skipIf(noNft !== null)(`is taken by nft as a whole, whatever the scope${without(noNft)}`, async () => {
    await fc.assert(
      fc.asyncProperty(scope, fc.double({ min: 1e-9, max: 1, noNaN: true }), fc.constantFrom('in', 'out', 'both'), async (asked, share, direction) => {
        const order = orderOf('network-drop', randomUUID(), FAULT_PARAMS['network-drop'].parse({ ...asked, share, direction }));
        const script = nftScript(nftFaultOf(order), SPARED);
        expect(await runCommand(['unshare', '--net', '--', 'nft', '-f', '-'], { stdin: script })).toMatchObject({ exitCode: 0, stderr: '' });
      }),
      { numRuns: RUNS },
    );
  });

  it.skipIf(noTc !== null)(`is taken by tc, whatever the scope${without(noTc)}`, async () => {
    await fc.assert(
      fc.asyncProperty(scope, fc.integer({ min: 8, max: 10_000_000 }), async (asked, kilobitsPerSec) => {
        const order = orderOf('network-rate', randomUUID(), FAULT_PARAMS['network-rate'].parse({ ...asked, device: 'lo', kilobitsPerSec }));
        const stdin = tcCommands(order.faultId, tcSpecOf(order), SPARED).map((words) => `${words.join(' ')}\n`).join('');
        expect(await runCommand(['unshare', '--net', '--', 'tc', '-batch', '-'], { stdin })).toMatchObject({ exitCode: 0 });
      }),
      { numRuns: RUNS },
    );
  });
});
