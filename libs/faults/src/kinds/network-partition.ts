import type { FaultDefinition } from '../fault-definition.js';
import { packetsText } from '../summary/packets-text.js';

export const networkPartition: FaultDefinition<'network-partition'> = {
  kind: 'network-partition',
  title: 'Network partition',
  imitates: 'A cut between this host and its peers: a broken switch, a wrong firewall rule, a split cluster. TCP retransmits into silence, connecting times out.',
  doesNotImitate: 'A link that reports itself as down: devices and routes stay as they are. The connections between agent and server are spared, and so is loopback unless a peer in it is named.',
  example: { peers: ['10.0.3.0/24'] },
  summarize: (params) => `no ${packetsText(params)}`,
};
