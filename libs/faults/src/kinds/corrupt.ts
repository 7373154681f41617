import type { EdgeFaultDefinition } from '../fault-definition.js';
import { everyMessage, messageRule } from '../hits/hits.js';
import { messagesText } from '../summary/hits-text.js';
import { percentText } from '../summary/percent-text.js';
import { corrupter } from '../verdicts/corrupter.js';
import { decideOnSide } from '../verdicts/on-side.js';

export const corrupt: EdgeFaultDefinition<'corrupt'> = {
  kind: 'corrupt',
  title: 'Corrupt',
  imitates: 'Damage that no checksum caught: bad memory, a broken cache or storage node, a faulty middlebox.',
  doesNotImitate: 'Damage on the wire, which the checksums of TCP and TLS turn into loss. Heads, length and framing stay whole, so the message is read to its end. The first byte is always hit, others by chance.',
  example: { byteShare: 0.001 },
  protocols: ['http'],
  summarize: (params) => `${percentText(params.byteShare)} of the bytes of the ${params.on} body changed, ${messagesText(params)}`,
  compile: (params, seeded) =>
    messageRule(params, seeded, (hit, random) => decideOnSide(params.on, hit, () => ({ type: 'rewrite', body: { type: 'corrupt', change: corrupter(params.byteShare, random) } }))),
  certain: everyMessage,
};
