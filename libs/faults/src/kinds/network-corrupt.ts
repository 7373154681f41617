import type { FaultDefinition } from '../fault-definition.js';
import { packetsText } from '../summary/packets-text.js';

export const networkCorrupt: FaultDefinition<'network-corrupt'> = {
  kind: 'network-corrupt',
  title: 'Network corrupt',
  imitates: 'A link that flips bits: bad cables, optics or memory in a switch. Checksums catch nearly all of it, so TCP sees loss.',
  doesNotImitate: 'Damage that reaches programs: for that use corrupt on an edge. Where the device computes checksums itself, the flip may come before it and pass as genuine.',
  example: { device: 'eth0', corruptPercent: 0.5, peers: ['10.0.3.17'] },
  summarize: ({ corruptPercent, ...scope }) => `one bit flipped in ${corruptPercent} % of ${packetsText(scope)}`,
};
