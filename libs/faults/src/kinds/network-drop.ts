import type { FaultDefinition } from '../fault-definition.js';
import { packetsText } from '../summary/packets-text.js';
import { percentText } from '../summary/percent-text.js';

export const networkDrop: FaultDefinition<'network-drop'> = {
  kind: 'network-drop',
  title: 'Network drop',
  imitates: 'A lossy path in either direction: a congested link, a faulty cable, a firewall that throttles by dropping.',
  doesNotImitate: 'Bursts: each packet is drawn for itself. Packets that this host sends are dropped in its own packet filter, where a TCP of Linux may learn of it and try again sooner than after a real loss.',
  example: { share: 0.1, ports: [5432], direction: 'in' },
  summarize: ({ share, ...scope }) => `${percentText(share)} of ${packetsText(scope)} dropped`,
};
