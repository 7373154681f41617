import type { FaultDefinition } from '../fault-definition.js';
import { packetsText } from '../summary/packets-text.js';

export const networkRate: FaultDefinition<'network-rate'> = {
  kind: 'network-rate',
  title: 'Network rate',
  imitates: 'A thin line out of this host, shared by everything in scope: a small instance, a crowded uplink, a slow site link. A queue builds up in front of it, so delay grows before packets are lost.',
  doesNotImitate: "The way back: what arrives is not slowed. A line of that rate farther away, where the queue would be somebody else's.",
  example: { device: 'eth0', kilobitsPerSec: 1_000, peers: ['10.0.3.17'] },
  summarize: ({ kilobitsPerSec, ...scope }) => `${kilobitsPerSec} kbit/s for ${packetsText(scope)}`,
};
