import type { FaultParams } from '#contracts';
import type { ExchangeVerdict } from '../edge-rule.js';
import type { EdgeFaultDefinition } from '../fault-definition.js';
import { everyMessage, messageRule } from '../hits/hits.js';
import { tcpRefusal } from '../hits/tcp-refusal.js';
import type { Random } from '../random.js';
import { messagesText } from '../summary/hits-text.js';
import { decideOnExchange } from '../verdicts/on-side.js';

export const latency: EdgeFaultDefinition<'latency'> = {
  kind: 'latency',
  title: 'Latency',
  imitates: 'A target that became slow: an overloaded process, a cold cache, a distant replica.',
  doesNotImitate:
    'A slow network: bytes are held once per request or exchange and then flow at full speed, connecting is not slowed, and the target never feels the load of slow work.',
  example: { latencyMs: 400, jitterMs: 50, share: 0.2 },
  protocols: ['http', 'tcp'],
  refusal: tcpRefusal,
  summarize: (params) => `+${params.latencyMs} ms${params.jitterMs > 0 ? ` ±${params.jitterMs} ms` : ''}${params.on === 'response' ? ' on the response' : ''}, ${messagesText(params)}`,
  compile: (params, seeded, protocol) =>
    messageRule(params, seeded, (hit, random) => decideOnExchange(params.on, protocol, { hit, verdict: () => delayOf(params, random) })),
  certain: everyMessage,
};

function delayOf({ latencyMs, jitterMs }: FaultParams<'latency'>, random: Random): ExchangeVerdict {
  const delayMs = jitterMs === 0 ? latencyMs : latencyMs + (random() * 2 - 1) * jitterMs;
  // Time cannot be given back.
  return { type: 'delay', delayMs: Math.max(0, delayMs) };
}
