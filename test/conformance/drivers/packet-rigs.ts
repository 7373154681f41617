import { CallProcess } from './call-process.js';
import { PROBE_PROCESS, TARGET_PROCESS } from './entries.js';
import { NetworkLab, PEER_ADDRESS, TARGET_ADDRESS, TARGET_DEVICE } from './network-lab.js';
import { PACKET_CASES, packetParams } from './packet-looks.js';
import type { PacketKind } from './packet-looks.js';
import { orderOf } from './rig.js';
import type { Rig } from './rig.js';

/** Where the server that the agent is connected to would be: on the peer, so that a fault on the peer would hit it if it were not spared. */
export const CONTROL = { host: PEER_ADDRESS, port: 7979 };
const TARGET_PORT = 8080;
const TARGET = { host: TARGET_ADDRESS, port: TARGET_PORT };

/** A server on one side, the world on the other, and a rule of somebody else's that must stay as it is. */
export async function openPacketRig(kind: PacketKind): Promise<Rig> {
  const lab = await NetworkLab.open();
  const target = CallProcess.start(TARGET_PROCESS, { network: lab.target });
  const server = CallProcess.start(TARGET_PROCESS, { network: lab.peer });
  const peer = CallProcess.start(PROBE_PROCESS, { network: lab.peer });
  await Promise.all([target.call('listen', TARGET_PORT), server.call('listen', CONTROL.port)]);
  await lab.onTarget('nft', 'add', 'table', 'inet', 'somebody');
  return {
    kind,
    network: lab.target,
    settings: { policy: { network: { allow: true, devices: [TARGET_DEVICE] } }, control: CONTROL },
    order: (faultId) => orderOf(kind, faultId, packetParams(kind, TARGET_DEVICE, { peers: [PEER_ADDRESS] })),
    isHit: () => PACKET_CASES[kind].look(peer, TARGET),
    snapshot: async () => (await Promise.all([lab.onTarget('nft', '-s', 'list', 'ruleset'), ...['qdisc', 'class', 'filter'].map((what) => lab.onTarget('tc', what, 'show', 'dev', TARGET_DEVICE))])).join('\n'),
    vanish: () => takeAway(lab, kind),
    close: async () => {
      await Promise.all([target, server, peer].map((process) => process.kill()));
      await lab.close();
    },
  };
}

/** Somebody else cleans up first: flushes the rules, or takes the device out. */
async function takeAway(lab: NetworkLab, kind: PacketKind): Promise<void> {
  if (kind === 'network-partition' || kind === 'network-drop') await lab.onTarget('nft', 'flush', 'ruleset');
  else await lab.onTarget('ip', 'link', 'del', TARGET_DEVICE);
}
