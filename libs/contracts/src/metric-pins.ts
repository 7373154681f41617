import { z } from 'zod';

const MS_A_DAY = 86_400_000;
/** A pin keeps all metrics of its days: for longer, keep everything longer. */
const MAX_PIN_DAYS = 31;
const momentSchema = z.iso.datetime({ offset: true });

/** A span of time of which no metrics are dropped, however old they become, and why somebody needs it. */
export const createPinSchema = z
  .strictObject({ from: momentSchema, to: momentSchema, reason: z.string().trim().min(1).max(200) })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ['to'], message: 'must be after from' })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= MAX_PIN_DAYS * MS_A_DAY, { path: ['to'], message: `must be at most ${MAX_PIN_DAYS} days after from` });
export type CreatePin = z.infer<typeof createPinSchema>;

export interface PinView {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}
