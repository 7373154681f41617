import type { EdgeFaultDefinition } from '../fault-definition.js';
import { connectionRule, everyConnection } from '../hits/hits.js';
import { Hold } from '../stages/hold.js';
import { stagePerStream } from '../stages/per-stream.js';
import { connectionsText } from '../summary/hits-text.js';
import { streamText } from '../summary/stream-text.js';

export const blackhole: EdgeFaultDefinition<'blackhole'> = {
  kind: 'blackhole',
  title: 'Blackhole',
  imitates: 'A network partition that heals: packets vanish without an answer, and TCP sends everything again once the way is free.',
  doesNotImitate: 'A partition while connecting: the proxy still accepts, so connecting works. Nor the timeouts of TCP itself: however long it lasts, no connection is given up, and what waited goes on at once when the fault ends.',
  example: { sourceAddress: ['10.1.0.0/16'] },
  protocols: ['http', 'tcp'],
  summarize: (params) => `nothing passes${streamText(params.stream)}, ${connectionsText(params)}`,
  compile: (params, seeded) => connectionRule(params, seeded, (_connection, random) => stagePerStream(params.stream, random, () => new Hold())),
  certain: everyConnection,
};
