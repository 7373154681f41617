import { PASS } from './fault-definition.js';
import type { FaultDefinition, RequestVerdict } from './fault-definition.js';
import { sharePicker, shareText } from './share.js';

export const abort: FaultDefinition<'abort'> = {
  kind: 'abort',
  title: 'Abort',
  imitates: 'A target that answers requests with an error status: a failing dependency, an overloaded gateway, a bad deployment.',
  doesNotImitate: "The target's own error body and headers, and any work it would have done before failing: it never sees the request.",
  protocols: ['http'],
  summarize: ({ httpStatus, share }) => `status ${httpStatus}, ${shareText(share)}`,
  compile: ({ httpStatus, share }, random) => {
    const hit = sharePicker(share, random);
    const answer: RequestVerdict = { type: 'respond', status: httpStatus, body: `Faultline answered with ${httpStatus} in place of the upstream.\n` };
    return { onRequest: () => (hit() ? answer : PASS) };
  },
};
