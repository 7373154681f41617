import { z } from 'zod';
import { nameSchema, protocolSchema } from '../topology.js';
import { durationMsSchema, faultSpecSchema, overlapSchema, targetTypeOf } from './fault-spec.js';
import type { FaultTarget } from './fault-target.js';
import { globSchema } from './match.js';

/** Names targets by what they are like; what is left out matches everything. */
export const selectorSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('edges'),
    source: globSchema.optional(),
    target: globSchema.optional(),
    protocol: protocolSchema.optional(),
    sourceRegion: nameSchema.optional(),
    targetRegion: nameSchema.optional(),
  }),
  z.strictObject({ type: z.literal('hosts'), agent: globSchema.optional() }),
]);
export type Selector = z.infer<typeof selectorSchema>;

/** How many of the matches are hit. A percentage is rounded up: something that was asked for is never rounded to nothing. */
export const pickSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('all') }),
  z.strictObject({ by: z.literal('count'), count: z.number().int().min(1).max(10_000) }),
  z.strictObject({ by: z.literal('percent'), percent: z.number().gt(0).max(100) }),
]);
export type Pick = z.infer<typeof pickSchema>;

export const selectionSchema = z.strictObject({
  selector: selectorSchema,
  pick: pickSchema,
  /** The same seed picks the same targets for as long as the matches stay the same. */
  seed: z.number().int().min(0).max(0xffff_ffff).default(0),
});
export type Selection = z.infer<typeof selectionSchema>;

const TYPE_OF_SELECTOR = { edges: 'edge', hosts: 'host' } as const;
const selectedFaultFields = { selection: selectionSchema, fault: faultSpecSchema, overlap: overlapSchema };
const FITS = { message: 'does not act on what the selector names', path: ['fault', 'kind'] };
const fits = ({ selection, fault }: { selection: Selection; fault: { kind: Parameters<typeof targetTypeOf>[0] } }): boolean => targetTypeOf(fault.kind) === TYPE_OF_SELECTOR[selection.selector.type];

export const previewSchema = z.strictObject(selectedFaultFields).refine(fits, FITS);
export type PreviewRequest = z.infer<typeof previewSchema>;
/** Starts one fault for each picked target, or none at all. */
export const createSelectedSchema = z.strictObject({ ...selectedFaultFields, durationMs: durationMsSchema }).refine(fits, FITS);
export type CreateSelected = z.infer<typeof createSelectedSchema>;

export interface PreviewTarget {
  readonly target: FaultTarget;
  /** Over the last full seconds; null for targets that are no edge. */
  readonly requestsPerSec: number | null;
  readonly connections: number | null;
  /** Why the fault could not start there now, as the error would say it; null when it could. */
  readonly refusal: string | null;
}
/** What would be hit if it started now. Touches nothing. */
export interface PreviewView {
  readonly matched: number;
  readonly picked: readonly PreviewTarget[];
  /** `30 % of 7 is 2.1, rounded up to 3`. */
  readonly rounding: string;
  readonly requestsPerSec: number;
}
export interface FaultGroupView {
  readonly groupId: string;
  readonly rounding: string;
  readonly faultIds: readonly string[];
}
