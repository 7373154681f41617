import { z } from 'zod';
import { nameSchema, edgeKeySchema } from '../topology.js';
import { STREAMS } from './match.js';

/** Toxiproxy's toxics by its own names and units: attributes in ms, KB/s (1000 B), bytes and, for the slicer's delay, microseconds. */
export const TOXIC_ATTRIBUTES = {
  latency: ['latency', 'jitter'],
  bandwidth: ['rate'],
  slow_close: ['delay'],
  timeout: ['timeout'],
  reset_peer: ['timeout'],
  slicer: ['average_size', 'size_variation', 'delay'],
  limit_data: ['bytes'],
  noop: [],
} as const satisfies Record<string, readonly string[]>;
export type ToxicType = keyof typeof TOXIC_ATTRIBUTES;
export const TOXIC_TYPES = Object.keys(TOXIC_ATTRIBUTES) as readonly ToxicType[];

export const toxicSchema = z.strictObject({
  name: z.string().min(1).max(200),
  type: z.enum(Object.keys(TOXIC_ATTRIBUTES) as [ToxicType, ...ToxicType[]]),
  stream: z.enum(STREAMS),
  /** Share of connections; not range-checked by Toxiproxy, so neither here: 1 and more hits all, 0 and less none. */
  toxicity: z.number(),
  attributes: z.record(z.string(), z.number().int()),
});
export type Toxic = z.infer<typeof toxicSchema>;

/** A proxy that is closed by `enabled: false`, or a toxic: it came through Toxiproxy's API or a proxy made with its toxics, has no lease, and holds until removed. */
export const unleasedFaultSchema = z.strictObject({
  proxy: z.string().min(1).max(200),
  edge: edgeKeySchema,
  /** Null: the whole proxy is disabled. */
  toxic: toxicSchema.nullable(),
  sinceMs: z.number().int(),
});
export type UnleasedFault = z.infer<typeof unleasedFaultSchema>;
export interface UnleasedFaultView extends UnleasedFault {
  readonly agent: string;
}

const hostPortSchema = z.string().regex(/^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]*):\d{1,5}$/, 'must be host:port').refine((text) => Number(text.slice(text.lastIndexOf(':') + 1)) <= 65_535, 'has no such port');

/** A proxy together with its toxics: all of it comes to be, or nothing does. */
export const createProxySchema = z.strictObject({
  name: nameSchema,
  listen: hostPortSchema,
  upstream: hostPortSchema,
  enabled: z.boolean().default(true),
  toxics: z
    .array(z.strictObject({ name: nameSchema.optional(), type: toxicSchema.shape.type, stream: z.enum(STREAMS).default('downstream'), toxicity: z.number().min(0).max(1).default(1), attributes: z.record(z.string(), z.number().int()).default({}) }))
    .max(50)
    .default([]),
});
export type CreateProxy = z.infer<typeof createProxySchema>;

/** A proxy of an agent as it stands. `fixed` ones come from the system file: they can be toggled and carry toxics, and are not changed or removed. */
export interface ProxyView {
  readonly name: string;
  readonly listen: string;
  readonly upstream: string;
  readonly enabled: boolean;
  readonly fixed: boolean;
  readonly toxics: readonly Toxic[];
}
