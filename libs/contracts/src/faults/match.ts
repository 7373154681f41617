import { z } from 'zod';
import { shareSchema } from './share.js';

export const HTTP_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
export const STATUS_CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx'] as const;

/** `*` stands for any run of characters; everything else for itself. Matching takes linear time, so no pattern can hang a proxy. */
export const globSchema = z.string().min(1).max(200);
/** A field name of HTTP (RFC 9110 section 5.1): a token. */
export const headerNameSchema = z.string().regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,100}$/, 'must be a header name');
export const networkSchema = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], { error: 'must be an IP address or a network such as 10.0.0.0/8' });

/** Splits callers into stable groups: the same key falls on the same percent for as long as the salt stays. */
export const cohortSchema = z
  .strictObject({
    by: z.enum(['header', 'cookie', 'trace-id', 'address']).describe('What tells callers apart'),
    name: headerNameSchema.optional().describe('Name of the header or cookie'),
    salt: z.string().max(64).default('').describe('Another salt draws other groups'),
    fromPercent: z.number().min(0).max(100).default(0).describe('First percent of the callers that is hit'),
    toPercent: z.number().min(0).max(100).describe('Percent up to which callers are hit'),
  })
  .refine((cohort) => cohort.toPercent > cohort.fromPercent, { message: 'must be above fromPercent', path: ['toPercent'] })
  .refine((cohort) => (cohort.by === 'header' || cohort.by === 'cookie') === (cohort.name !== undefined), { message: 'is needed for a header or cookie, and for nothing else', path: ['name'] });
export type Cohort = z.infer<typeof cohortSchema>;

/** Which traffic a fault looks at; what is left out matches everything. `status` is known only to faults on responses. */
export const matchSchema = z.strictObject({
  method: z.enum(HTTP_METHODS).optional().describe('HTTP method'),
  path: globSchema.optional().describe('Path without query; * stands for anything'),
  headers: z.array(z.strictObject({ name: headerNameSchema, value: globSchema })).max(8).optional().describe('Request headers that must all be there'),
  status: z.array(z.union([z.number().int().min(100).max(599), z.enum(STATUS_CLASSES)])).min(1).max(20).optional().describe('Statuses or classes such as 5xx; faults on responses only'),
  sourceAddress: z.array(networkSchema).min(1).max(50).optional().describe("Caller's addresses or networks"),
  cohort: cohortSchema.optional().describe('A stable part of the callers'),
});
export type Match = z.infer<typeof matchSchema>;

/** Of the requests that match, counted over the whole edge from the fault's begin: the first `afterCount` pass, then each `everyCount`th is chosen, `firstCount` times at most. */
export const occurrenceSchema = z.strictObject({
  afterCount: z.number().int().min(0).max(1_000_000_000).default(0).describe('Let this many matches pass first'),
  everyCount: z.number().int().min(1).max(1_000_000).default(1).describe('Then choose one of each this many'),
  firstCount: z.number().int().min(1).max(1_000_000_000).optional().describe('Choose this many at most; the share is drawn among them'),
});
export type Occurrence = z.infer<typeof occurrenceSchema>;

export const announceSchema = z.boolean().default(false).describe('Name the fault in the header X-Faultline-Fault of responses it touched');
export const messageSideSchema = z.enum(['request', 'response']).default('request').describe('Which message it acts on');
export type MessageSide = z.infer<typeof messageSideSchema>;

/** What every fault on HTTP messages can be narrowed by. */
export const hitFields = {
  share: shareSchema,
  match: matchSchema.optional().describe('Only traffic that matches'),
  occurrence: occurrenceSchema.optional().describe('Count matches: after, every, first'),
};
export const httpHitFields = { ...hitFields, announce: announceSchema };

/** What every fault on connections can be narrowed by. */
export const connectionHitFields = {
  share: shareSchema.describe('Share of connections that are hit, from just above 0 to 1'),
  sourceAddress: z.array(networkSchema).min(1).max(50).optional().describe("Only connections from these caller's addresses or networks"),
};

/** A stream of a connection, in Toxiproxy's words: `upstream` flows from the caller to the target, `downstream` back. */
export const STREAMS = ['upstream', 'downstream'] as const;
export type Stream = (typeof STREAMS)[number];
export const streamsSchema = z.enum([...STREAMS, 'both']).default('both').describe('Which way the bytes flow: upstream is towards the target');

/** A status can be matched only once the response is there. */
export function statusNeedsResponse(params: { readonly on: MessageSide; readonly match?: Match | undefined }): boolean {
  return params.match?.status === undefined || params.on === 'response';
}
export const STATUS_NEEDS_RESPONSE = { message: 'is known only on responses: set on to "response"', path: ['match', 'status'] };
