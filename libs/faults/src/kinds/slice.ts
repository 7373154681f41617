import type { EdgeFaultDefinition } from '../fault-definition.js';
import { connectionRule, everyConnection } from '../hits/hits.js';
import { stagePerStream } from '../stages/per-stream.js';
import { Slicer } from '../stages/slicer.js';
import { connectionsText } from '../summary/hits-text.js';
import { streamText } from '../summary/stream-text.js';

export const slice: EdgeFaultDefinition<'slice'> = {
  kind: 'slice',
  title: 'Slice',
  imitates: 'Data that trickles in small pieces: a tiny segment size, a sender that writes byte by byte, a buffer that splits messages in odd places.',
  doesNotImitate: 'Segments on the wire: the kernels on both sides may join pieces that follow each other closely, so without a pause a reader can see them whole.',
  example: { averageBytes: 64, variationBytes: 32, pauseMicros: 500 },
  protocols: ['http', 'tcp'],
  summarize: (params) =>
    `pieces of ${params.averageBytes} B${params.variationBytes > 0 ? ` ±${params.variationBytes} B` : ''}${params.pauseMicros > 0 ? `, ${params.pauseMicros} µs apart` : ''}${streamText(params.stream)}, ${connectionsText(params)}`,
  compile: (params, seeded) => connectionRule(params, seeded, (_connection, random) => stagePerStream(params.stream, random, (lots) => new Slicer(params, lots))),
  certain: everyConnection,
};
