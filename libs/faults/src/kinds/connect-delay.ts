import type { EdgeFaultDefinition } from '../fault-definition.js';
import { connectionRule, everyConnection } from '../hits/hits.js';
import { connectionsText } from '../summary/hits-text.js';

export const connectDelay: EdgeFaultDefinition<'connect-delay'> = {
  kind: 'connect-delay',
  title: 'Connect delay',
  imitates: 'A target that is slow to serve new connections: a full accept queue, a slow handshake, a cold pool.',
  doesNotImitate: "A slow TCP handshake: the kernel completes the caller's connect at once, and its first bytes wait. A connect timeout of the caller is therefore not met; its read timeout is.",
  example: { delayMs: 3_000, jitterMs: 500 },
  protocols: ['http', 'tcp'],
  summarize: (params) => `new connections +${params.delayMs} ms${params.jitterMs > 0 ? ` ±${params.jitterMs} ms` : ''}, ${connectionsText(params)}`,
  compile: ({ delayMs, jitterMs, ...hits }, seeded) =>
    connectionRule(hits, seeded, ({ isNew }, random) => {
      if (!isNew) return null;
      const jitter = jitterMs === 0 ? 0 : (random() * 2 - 1) * jitterMs;
      return { onConnect: () => ({ type: 'delay', delayMs: delayMs + jitter }) };
    }),
  certain: everyConnection,
};
