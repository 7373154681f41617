import type { FaultDefinition } from '../fault-definition.js';
import { packetsText } from '../summary/packets-text.js';

export const networkDelay: FaultDefinition<'network-delay'> = {
  kind: 'network-delay',
  title: 'Network delay',
  imitates: 'A longer way: another region, a satellite link, a detour. Connecting, requests and acknowledgements are all slowed, as packets are.',
  doesNotImitate: 'The way back: only packets that leave are delayed, so a round trip grows by the delay once. With jitter packets may overtake each other, which a single line would not let them.',
  example: { device: 'eth0', delayMs: 100, jitterMs: 20, ports: [5432] },
  summarize: ({ delayMs, jitterMs, ...scope }) => `+${delayMs} ms${jitterMs > 0 ? ` ±${jitterMs} ms` : ''} on ${packetsText(scope)}`,
};
