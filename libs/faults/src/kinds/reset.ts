import type { EdgeFaultDefinition } from '../fault-definition.js';
import { connectionRule, everyConnection } from '../hits/hits.js';
import { stagePerStream } from '../stages/per-stream.js';
import { ResetAfter } from '../stages/reset-after.js';
import { connectionsText } from '../summary/hits-text.js';

export const reset: EdgeFaultDefinition<'reset'> = {
  kind: 'reset',
  title: 'Reset',
  imitates: 'Connections that break: a crashed peer, a firewall or load balancer that drops state and says so with RST.',
  doesNotImitate: 'A target that refuses: connecting works, and the reset comes after it, at 0 ms with the first moment of the connection. Nobody is told how far the target got with what it had read.',
  example: { afterMs: 2_000, share: 0.1 },
  protocols: ['http', 'tcp'],
  summarize: (params) => `reset ${params.afterMs > 0 ? `after ${params.afterMs} ms` : 'at once'}, ${connectionsText(params)}`,
  // One of the two streams is enough: a reset ends the connection.
  compile: (params, seeded) => connectionRule(params, seeded, (_connection, random) => stagePerStream('downstream', random, () => new ResetAfter(params.afterMs))),
  certain: everyConnection,
};
