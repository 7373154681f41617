import { TOXIC_ATTRIBUTES, TOXIC_TYPES } from '../../dist/libs/contracts/src/index.js';
import { NOTE, code, page, table } from './markdown.mjs';

const link = (kind) => `[${kind}](${kind}.md)`;

/** The nearest kind of Faultline, and what tells the two apart. */
const NEAREST = {
  latency: [link('latency'), 'the toxic delays each chunk of a stream, the kind each request or exchange'],
  bandwidth: [link('bandwidth'), 'the toxic paces the whole stream, the kind only bodies on http edges; a rate of 0 passes nothing'],
  slow_close: [link('slow-close'), 'the same'],
  timeout: [link('timeout'), 'the toxic swallows the bytes of one stream of the connection, the kind hits requests or exchanges; where nothing may be lost, [blackhole](blackhole.md)'],
  reset_peer: [link('reset'), 'the toxic waits for the first bytes of its stream, the kind counts from the begin of the connection'],
  slicer: [link('slice'), 'the same'],
  limit_data: [link('limit-data'), 'the same'],
  noop: ['none', 'does nothing'],
};
const UNITS = { latency: 'ms', jitter: 'ms', rate: 'KB/s (1000 B)', delay: 'ms', timeout: 'ms', average_size: 'B', size_variation: 'B', bytes: 'B' };
const unitOf = (type, attribute) => (type === 'slicer' && attribute === 'delay' ? 'µs' : UNITS[attribute]);

const LIFE = `A toxic made through Toxiproxy's API holds until it is removed, as its clients expect: it has no lease. It is in the agent's ledger and in the live picture, and a
halt removes it. A fault of Faultline ends with its lease.`;
const DRAW = `\`toxicity\` is drawn once for each connection and again when the toxic is updated: 0 and less hits none, 1 and more hits all. Attributes that are left out are 0.
\`enabled: false\` on a proxy is [down](down.md).`;

export function toxicsPage() {
  const rows = TOXIC_TYPES.map((type) => [code(type), TOXIC_ATTRIBUTES[type].map((name) => `${code(name)} ${unitOf(type, name)}`).join(', '), ...NEAREST[type]]);
  return page("# Toxiproxy's toxics", NOTE, LIFE, table(['Toxic', 'Attributes', 'Nearest kind', 'Difference'], rows), DRAW);
}
