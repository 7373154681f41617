import type { FaultDefinition } from '../fault-definition.js';
import { packetsText } from '../summary/packets-text.js';

export const networkDuplicate: FaultDefinition<'network-duplicate'> = {
  kind: 'network-duplicate',
  title: 'Network duplicate',
  imitates: 'A network that delivers packets twice: a routing loop, a retransmitting link layer, a mirrored port.',
  doesNotImitate: 'Messages that programs see twice over TCP, which throws copies away; over UDP they do arrive twice.',
  example: { device: 'eth0', duplicatePercent: 1, ports: [53], transport: 'udp' },
  summarize: ({ duplicatePercent, ...scope }) => `${duplicatePercent} % of ${packetsText(scope)} sent twice`,
};
