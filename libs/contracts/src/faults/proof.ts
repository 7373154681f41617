import { z } from 'zod';

/**
 * What a probe through the faulted path measured right after the fault was applied. `unproven`: nothing could be measured here, and `how`
 * says why; it is neither a success nor a failure.
 */
export const proofSchema = z.strictObject({
  verdict: z.enum(['bites', 'does-not-bite', 'unproven']),
  /** `+400 ms on each request`. */
  asked: z.string().max(300),
  /** `+401.2 ms (median of 5 probes)`; empty when nothing was measured. */
  got: z.string().max(300),
  /** What was done to find out. */
  how: z.string().max(300),
  atMs: z.number().int(),
});
export type Proof = z.infer<typeof proofSchema>;
