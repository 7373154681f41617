import { z } from 'zod';
import { connectionHitFields, streamsSchema } from './match.js';

/** Packet loss as TCP shows it to programs: bytes never vanish, they stall for a retransmission timeout that doubles (RFC 6298 section 5). */
export const lossParamsSchema = z.strictObject({
  lossShare: z.number().gt(0).max(0.95).describe('Share of segments that are lost and sent again'),
  rtoMs: z.number().int().min(1).max(60_000).default(200).describe('First retransmission timeout, in milliseconds; Linux has 200 on fast networks'),
  stream: streamsSchema,
  ...connectionHitFields,
});
