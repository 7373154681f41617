import type { RequestVerdict } from '../edge-rule.js';
import { PROBE_BYTES } from '../fault-definition.js';
import type { EdgeFaultDefinition } from '../fault-definition.js';
import { everyMessage, messageRule } from '../hits/hits.js';
import { messagesText } from '../summary/hits-text.js';
import { decideOnSide } from '../verdicts/on-side.js';

export const truncate: EdgeFaultDefinition<'truncate'> = {
  kind: 'truncate',
  title: 'Truncate',
  imitates: 'A transfer that breaks off: a target that dies while it sends, a proxy with a size limit, a cut connection. The head still announces the whole body.',
  doesNotImitate: 'A body that is short but well-formed: its length and framing are not mended, so a careful reader sees that something is missing. A body of that length or shorter passes whole.',
  example: { afterBytes: 1_024, end: 'reset' },
  protocols: ['http'],
  summarize: (params) => `${params.on} body cut after ${params.afterBytes} B, then ${params.end}, ${messagesText(params)}`,
  compile: (params, seeded) => {
    const cut: RequestVerdict = { type: 'rewrite', body: { type: 'truncate', afterBytes: params.afterBytes, end: params.end } };
    return messageRule(params, seeded, (hit) => decideOnSide(params.on, hit, () => cut));
  },
  certain: (params) => ({ ...everyMessage(params), afterBytes: Math.min(params.afterBytes, PROBE_BYTES / 2) }),
};
