import type { FaultDefinition } from '../fault-definition.js';
import { packetsText } from '../summary/packets-text.js';

export const networkLoss: FaultDefinition<'network-loss'> = {
  kind: 'network-loss',
  title: 'Network loss',
  imitates: 'A lossy path out of this host: a bad cable, a congested or wireless link. TCP slows down and stalls as it really does.',
  doesNotImitate: 'Loss on the way back. Loss between processes of one host, unless the device is loopback. Without a correlation losses come one by one; real ones come in bursts.',
  example: { device: 'eth0', lossPercent: 2, correlationPercent: 25, ports: [5432] },
  summarize: ({ lossPercent, ...scope }) => `${lossPercent} % of ${packetsText(scope)} lost`,
};
