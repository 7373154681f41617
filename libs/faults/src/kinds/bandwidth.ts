import type { FaultParams } from '#contracts';
import { PASS } from '../edge-rule.js';
import type { ConnectionRule, RequestFacts, RequestVerdict } from '../edge-rule.js';
import type { EdgeFaultDefinition } from '../fault-definition.js';
import { everyMessage, messageRule } from '../hits/hits.js';
import type { Hit } from '../hits/hits.js';
import { tcpRefusal } from '../hits/tcp-refusal.js';
import { Bandwidth } from '../stages/bandwidth.js';
import { stagePerStream } from '../stages/per-stream.js';
import { messagesText } from '../summary/hits-text.js';
import { streamText } from '../summary/stream-text.js';

export const bandwidth: EdgeFaultDefinition<'bandwidth'> = {
  kind: 'bandwidth',
  title: 'Bandwidth',
  imitates: 'A thin or crowded line: large bodies take long, small messages hardly notice.',
  doesNotImitate:
    'A line that all connections share: each message (http) or stream (tcp) has the whole rate for itself. On http edges heads pass at full speed. Bytes wait in the proxy, so the sender may see its writes succeed sooner than on a thin line.',
  example: { bytesPerSec: 50_000, stream: 'downstream' },
  protocols: ['http', 'tcp'],
  refusal: tcpRefusal,
  summarize: (params) => `${params.bytesPerSec} B/s${streamText(params.stream)}, ${messagesText(params)}`,
  compile: (params, seeded, protocol) =>
    messageRule(params, seeded, (hit, random) => {
      if (protocol === 'http') return throttleBodies(params, hit);
      return hit() ? stagePerStream(params.stream, random, () => new Bandwidth(params.bytesPerSec)) : null;
    }),
  certain: everyMessage,
};

function throttleBodies({ bytesPerSec, stream }: FaultParams<'bandwidth'>, hit: Hit): ConnectionRule {
  const throttle: RequestVerdict = { type: 'rewrite', body: { type: 'throttle', bytesPerSec } };
  if (stream === 'upstream') return { onRequest: (request) => (hit(request) ? throttle : PASS) };
  if (stream === 'downstream') return { onResponse: (request, response) => (hit(request, response) ? throttle : PASS) };
  return throttleBoth(throttle, hit);
}

/** A request and its response are hit together, and count as one. */
function throttleBoth(throttle: RequestVerdict, hit: Hit): ConnectionRule {
  const hitRequests = new WeakSet<RequestFacts>();
  return {
    onRequest: (request) => {
      if (!hit(request)) return PASS;
      hitRequests.add(request);
      return throttle;
    },
    onResponse: (request) => (hitRequests.has(request) ? throttle : PASS),
  };
}
