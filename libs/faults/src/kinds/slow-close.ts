import type { EdgeFaultDefinition } from '../fault-definition.js';
import { connectionRule, everyConnection } from '../hits/hits.js';
import { stagePerStream } from '../stages/per-stream.js';
import { SlowClose } from '../stages/slow-close.js';
import { connectionsText } from '../summary/hits-text.js';
import { streamText } from '../summary/stream-text.js';

export const slowClose: EdgeFaultDefinition<'slow-close'> = {
  kind: 'slow-close',
  title: 'Slow close',
  imitates: 'A peer that lingers: it has said everything and takes its time to close, and so holds sockets, threads and places in a pool.',
  doesNotImitate: 'A kernel that lingers (FIN-WAIT, TIME-WAIT): the sockets of both ends stay plainly open. A connection that breaks is not delayed.',
  example: { delayMs: 5_000 },
  protocols: ['http', 'tcp'],
  summarize: (params) => `closing +${params.delayMs} ms${streamText(params.stream)}, ${connectionsText(params)}`,
  compile: (params, seeded) => connectionRule(params, seeded, (_connection, random) => stagePerStream(params.stream, random, () => new SlowClose(params.delayMs))),
  certain: everyConnection,
};
