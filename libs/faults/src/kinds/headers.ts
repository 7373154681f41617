import type { RequestVerdict } from '../edge-rule.js';
import type { EdgeFaultDefinition } from '../fault-definition.js';
import { everyMessage, messageRule } from '../hits/hits.js';
import { messagesText } from '../summary/hits-text.js';
import { decideOnSide } from '../verdicts/on-side.js';

export const headers: EdgeFaultDefinition<'headers'> = {
  kind: 'headers',
  title: 'Headers',
  imitates: 'A peer or a proxy between that drops, adds or changes header fields: a lost session cookie, a missing trace context, a wrong content type, stale caching.',
  doesNotImitate: 'Broken HTTP: fields that frame a message or belong to one hop cannot be changed, and the body stays as it was, also where it contradicts the head.',
  example: { set: [{ name: 'Cache-Control', value: 'no-store' }], remove: ['ETag'], on: 'response' },
  protocols: ['http'],
  summarize: (params) => `${params.on} headers ${[...params.set.map(({ name }) => `+${name}`), ...params.remove.map((name) => `-${name}`)].join(' ')}, ${messagesText(params)}`,
  compile: (params, seeded) => {
    const edit: RequestVerdict = { type: 'rewrite', headers: { remove: params.remove, set: params.set } };
    return messageRule(params, seeded, (hit) => decideOnSide(params.on, hit, () => edit));
  },
  certain: everyMessage,
};
