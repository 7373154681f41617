import { faultSpecSchema, type FaultSpec } from '#contracts';

/**
 * A spec as kept, brought to today's parameters: one written before a parameter came to be gets its default. One that no schema knows any more is
 * given as it is, because what was done must stay readable.
 */
export function readFaultSpec(stored: unknown): FaultSpec {
  const parsed = faultSpecSchema.safeParse(stored);
  return parsed.success ? parsed.data : (stored as FaultSpec);
}
