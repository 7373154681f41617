import type { EdgeFaultDefinition } from '../fault-definition.js';
import { everyMessage, messageRule } from '../hits/hits.js';
import { messagesText } from '../summary/hits-text.js';
import { silenceText } from '../summary/silence-text.js';
import { hangAndClose } from '../verdicts/hang.js';
import { decideOnSide } from '../verdicts/on-side.js';

export const dropResponse: EdgeFaultDefinition<'drop-response'> = {
  kind: 'drop-response',
  title: 'Drop response',
  imitates: 'An answer that is lost after the work was done: a target that dies while it answers, a connection cut on the way back. It finds out whether a repeated call does its work twice.',
  doesNotImitate: 'A target that is told of the loss: it sees its answer taken. The connection to the caller ends whole, never within the answer; for that use truncate.',
  example: { closeAfterMs: 100, occurrence: { firstCount: 3 } },
  protocols: ['http'],
  summarize: (params) => `response dropped, ${silenceText(params.closeAfterMs)}, ${messagesText(params)}`,
  compile: (params, seeded) => {
    const hang = hangAndClose(params.closeAfterMs);
    return messageRule(params, seeded, (hit) => decideOnSide('response', hit, () => hang));
  },
  certain: everyMessage,
};
