import type { EdgeFaultDefinition } from '../fault-definition.js';
import { connectionRule, everyConnection } from '../hits/hits.js';
import { Loss } from '../stages/loss.js';
import { stagePerStream } from '../stages/per-stream.js';
import { connectionsText } from '../summary/hits-text.js';
import { percentText } from '../summary/percent-text.js';
import { streamText } from '../summary/stream-text.js';

// Of twenty small exchanges, one in a million probes meets no loss; of longer stalls a probe would see no end.
const CERTAIN_LOSS_SHARE = 0.5;

export const loss: EdgeFaultDefinition<'loss'> = {
  kind: 'loss',
  title: 'Loss',
  imitates: 'Packet loss as programs see it through TCP: bytes never vanish, they stall for a retransmission timeout that doubles, and all that follows waits behind them.',
  doesNotImitate: "What TCP does besides waiting: no window shrinks, no fast retransmission shortens the stall of a busy stream, and the kernels' counters see nothing. Connecting is not hit. For lost packets themselves use network-loss.",
  example: { lossShare: 0.02 },
  protocols: ['http', 'tcp'],
  summarize: (params) => `${percentText(params.lossShare)} of segments stall for ${params.rtoMs} ms or more${streamText(params.stream)}, ${connectionsText(params)}`,
  compile: (params, seeded) => connectionRule(params, seeded, (_connection, random) => stagePerStream(params.stream, random, (lots) => new Loss(params, lots))),
  certain: (params) => ({ ...everyConnection(params), lossShare: Math.max(params.lossShare, CERTAIN_LOSS_SHARE) }),
};
