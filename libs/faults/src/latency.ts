import type { FaultParams } from '#contracts';
import { PASS } from './fault-definition.js';
import type { ExchangeVerdict, FaultDefinition } from './fault-definition.js';
import type { Random } from './random.js';
import { sharePicker, shareText } from './share.js';

export const latency: FaultDefinition<'latency'> = {
  kind: 'latency',
  title: 'Latency',
  imitates: 'A target that became slow: an overloaded process, a cold cache, a distant replica.',
  doesNotImitate:
    'A slow network: bytes are held once per request or exchange and then flow at full speed, connecting is not slowed, and the target never feels the load of slow work.',
  protocols: ['http', 'tcp'],
  summarize: ({ latencyMs, jitterMs, share }) => {
    const jitter = jitterMs > 0 ? ` ±${jitterMs} ms` : '';
    return `+${latencyMs} ms${jitter}, ${shareText(share)}`;
  },
  compile: (params, random) => {
    const decide = delayer(params, random);
    return { onRequest: decide, onExchange: decide };
  },
};

function delayer({ latencyMs, jitterMs, share }: FaultParams<'latency'>, random: Random): () => ExchangeVerdict {
  const hit = sharePicker(share, random);
  return () => {
    if (!hit()) return PASS;
    const delayMs = jitterMs === 0 ? latencyMs : latencyMs + (random() * 2 - 1) * jitterMs;
    // The schema lets jitter stand alone at latencyMs 0; time cannot be given back, so the early half passes at once.
    return { type: 'delay', delayMs: Math.max(0, delayMs) };
  };
}
