import type { Capability } from '#contracts';
import { CallProcess } from './call-process.js';
import { DRIVER_PROCESS } from './entries.js';
import { NetworkLab } from './network-lab.js';
import { openPacketRig } from './packet-rigs.js';
import type { PacketKind } from './packet-looks.js';
import { processKillRig, processStopRig } from './process-rigs.js';
import type { DriverKind, Rig } from './rig.js';
import { cpuStressRig, memoryStressRig } from './stress-rigs.js';

/** Every kind has one: a driver without a real target to prove itself on does not compile. */
export const RIGS: Record<DriverKind, () => Promise<Rig>> = {
  'process-kill': processKillRig,
  'process-stop': processStopRig,
  'cpu-stress': cpuStressRig,
  'memory-stress': memoryStressRig,
  'network-partition': () => openPacketRig('network-partition'),
  'network-drop': () => openPacketRig('network-drop'),
  'network-rate': () => openPacketRig('network-rate'),
  'network-delay': () => openPacketRig('network-delay'),
  'network-loss': () => openPacketRig('network-loss'),
  'network-duplicate': () => openPacketRig('network-duplicate'),
  'network-corrupt': () => openPacketRig('network-corrupt'),
  'network-reorder': () => openPacketRig('network-reorder'),
};
export const DRIVER_KINDS = Object.keys(RIGS) as readonly DriverKind[];

/** Why the suite cannot be run for a kind on this machine; null where it can. The driver itself says what the kernel and the rights allow. */
export async function unavailableKinds(): Promise<ReadonlyMap<DriverKind, string | null>> {
  const settings = { policy: {}, control: { host: '127.0.0.1', port: 9 } };
  const driver = CallProcess.start(DRIVER_PROCESS, { env: { DRIVER_SETTINGS: JSON.stringify(settings) } });
  const capabilities = await driver.call<readonly Capability[]>('capabilities');
  await driver.kill();
  const noLab = await whyNoLab();
  return new Map(
    DRIVER_KINDS.map((kind) => {
      const own = capabilities.find((capability) => capability.kind === kind);
      const unavailable = own === undefined ? 'no driver lists it' : own.unavailable;
      return [kind, unavailable ?? (isPacketKind(kind) ? noLab : null)];
    }),
  );
}

function isPacketKind(kind: DriverKind): kind is PacketKind {
  return kind.startsWith('network-');
}

export async function whyNoLab(): Promise<string | null> {
  try {
    await (await NetworkLab.open()).close();
    return null;
  } catch (error) {
    return `two joined network namespaces cannot be made here: ${error instanceof Error ? error.message : String(error)}`;
  }
}
