import { PROBE_BYTES } from '../fault-definition.js';
import type { EdgeFaultDefinition } from '../fault-definition.js';
import { connectionRule, everyConnection } from '../hits/hits.js';
import { LimitData } from '../stages/limit-data.js';
import { stagePerStream } from '../stages/per-stream.js';
import { connectionsText } from '../summary/hits-text.js';
import { streamText } from '../summary/stream-text.js';

export const limitData: EdgeFaultDefinition<'limit-data'> = {
  kind: 'limit-data',
  title: 'Limit data',
  imitates: 'A transfer that is cut off after so many bytes: a quota, a proxy with a size limit, a target that dies on large input.',
  doesNotImitate: 'An orderly refusal: the connection just closes, wherever in a message that falls. Bytes are counted as they are on the connection, heads included; to cut one body use truncate.',
  example: { bytes: 100_000, stream: 'downstream' },
  protocols: ['http', 'tcp'],
  summarize: (params) => `closed after ${params.bytes} B${streamText(params.stream)}, ${connectionsText(params)}`,
  compile: (params, seeded) => connectionRule(params, seeded, (_connection, random) => stagePerStream(params.stream, random, (_lots, previous) => new LimitData(params.bytes, previous))),
  certain: (params) => ({ ...everyConnection(params), bytes: Math.min(params.bytes, PROBE_BYTES / 2) }),
};
