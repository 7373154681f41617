import type { FaultDefinition } from '../fault-definition.js';
import { packetsText } from '../summary/packets-text.js';

export const networkReorder: FaultDefinition<'network-reorder'> = {
  kind: 'network-reorder',
  title: 'Network reorder',
  imitates: 'Paths of unequal length: load balancing over several links, a route that changes. TCP takes overtaken packets for lost and sends some again.',
  doesNotImitate: 'Reordering without delay: packets that are overtaken wait for the delay, so the whole stream is slower too, and sparse traffic is delayed without being reordered.',
  example: { device: 'eth0', reorderPercent: 25, delayMs: 10, peers: ['10.0.3.17'] },
  summarize: ({ reorderPercent, delayMs, ...scope }) => `${reorderPercent} % of ${packetsText(scope)} overtake the rest, which waits ${delayMs} ms`,
};
