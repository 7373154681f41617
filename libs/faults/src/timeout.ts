import { PASS } from './fault-definition.js';
import type { ExchangeVerdict, FaultDefinition } from './fault-definition.js';
import { sharePicker, shareText } from './share.js';

export const timeout: FaultDefinition<'timeout'> = {
  kind: 'timeout',
  title: 'Timeout',
  imitates: 'A target that takes a request and never answers: a deadlock, an exhausted pool, a partition behind an accepted connection.',
  doesNotImitate: 'A connection that cannot be made: connecting still works. The target never sees the request, so it holds no resources for it.',
  protocols: ['http', 'tcp'],
  summarize: ({ closeAfterMs, share }) => `no answer, ${closeAfterMs > 0 ? `closed after ${closeAfterMs} ms` : 'silent until the fault ends'}, ${shareText(share)}`,
  compile: ({ closeAfterMs, share }, random) => {
    const hit = sharePicker(share, random);
    const hang: ExchangeVerdict = { type: 'hang', closeAfterMs: closeAfterMs > 0 ? closeAfterMs : null };
    const decide = (): ExchangeVerdict => (hit() ? hang : PASS);
    return { onRequest: decide, onExchange: decide };
  },
};
