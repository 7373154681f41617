import type { FaultParams } from '#contracts';
import type { RequestVerdict } from '../edge-rule.js';
import type { EdgeFaultDefinition } from '../fault-definition.js';
import { everyMessage, messageRule } from '../hits/hits.js';
import { messagesText } from '../summary/hits-text.js';
import { decideOnSide } from '../verdicts/on-side.js';

export const abort: EdgeFaultDefinition<'abort'> = {
  kind: 'abort',
  title: 'Abort',
  imitates: 'A target that answers with an error status: a failing dependency, an overloaded gateway, a bad deployment; on the response, one that failed after the work was done.',
  doesNotImitate: "The target's own error body and headers. On the request, any work it would have done before it failed: it never sees the request.",
  example: { httpStatus: 503, match: { method: 'POST', path: '/pay/*' } },
  protocols: ['http'],
  summarize: (params) => `status ${params.httpStatus}${params.on === 'response' ? ' in place of the response' : ''}, ${messagesText(params)}`,
  compile: (params, seeded) => {
    const answer = answerOf(params);
    return messageRule(params, seeded, (hit) => decideOnSide(params.on, hit, () => answer));
  },
  certain: everyMessage,
};

function answerOf({ httpStatus, body, contentType, on }: FaultParams<'abort'>): RequestVerdict {
  const replaced = on === 'request' ? 'the upstream' : "the upstream's own answer";
  return { type: 'respond', status: httpStatus, contentType, body: body ?? `Faultline answered with ${httpStatus} in place of ${replaced}.\n` };
}
