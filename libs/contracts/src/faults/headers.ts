import { z } from 'zod';
import { STATUS_NEEDS_RESPONSE, headerNameSchema, httpHitFields, messageSideSchema, statusNeedsResponse } from './match.js';

/** What frames a message or belongs to one hop (RFC 9110 sections 7.6.1 and 8.6): changing it breaks or smuggles instead of injecting. */
export const FRAMING_HEADERS = ['connection', 'content-length', 'expect', 'host', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'proxy-connection'] as const;

const editableNameSchema = headerNameSchema.refine((name) => !(FRAMING_HEADERS as readonly string[]).includes(name.toLowerCase()), { message: 'frames the message and cannot be changed' });
const valueSchema = z.string().max(4_096).regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'must be one line of Latin-1');

/** Sets or removes headers of hit messages. */
export const headersParamsSchema = z
  .strictObject({
    set: z.array(z.strictObject({ name: editableNameSchema, value: valueSchema })).max(16).default([]).describe('Headers to add, or to replace when they are there'),
    remove: z.array(editableNameSchema).max(16).default([]).describe('Headers to take away'),
    on: messageSideSchema,
    ...httpHitFields,
  })
  .refine((p) => p.set.length + p.remove.length > 0, { message: 'names no header: set or remove at least one', path: ['set'] })
  .refine(statusNeedsResponse, STATUS_NEEDS_RESPONSE);
