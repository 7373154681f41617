import type { ExchangeVerdict } from '../edge-rule.js';
import type { EdgeFaultDefinition } from '../fault-definition.js';
import { everyMessage, messageRule } from '../hits/hits.js';
import { tcpRefusal } from '../hits/tcp-refusal.js';
import { messagesText } from '../summary/hits-text.js';
import { silenceText } from '../summary/silence-text.js';
import { hangAndClose } from '../verdicts/hang.js';
import { decideOnExchange } from '../verdicts/on-side.js';

export const timeout: EdgeFaultDefinition<'timeout'> = {
  kind: 'timeout',
  title: 'Timeout',
  imitates: 'A target that takes a request and never answers: a deadlock, an exhausted pool, a partition behind an accepted connection.',
  doesNotImitate: 'A connection that cannot be made: connecting still works. The target never sees the request, so it holds no resources for it.',
  example: { closeAfterMs: 5_000, occurrence: { everyCount: 10 } },
  protocols: ['http', 'tcp'],
  refusal: tcpRefusal,
  summarize: (params) => `no answer, ${silenceText(params.closeAfterMs)}, ${messagesText(params)}`,
  compile: (params, seeded, protocol) => {
    const hang: ExchangeVerdict = hangAndClose(params.closeAfterMs);
    return messageRule(params, seeded, (hit) => decideOnExchange('request', protocol, { hit, verdict: () => hang }));
  },
  certain: everyMessage,
};
