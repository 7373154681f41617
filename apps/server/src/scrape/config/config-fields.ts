import { z } from 'zod';
import { Secret } from '../secret.js';
import { parseByteSize } from './byte-size.js';
import { parseDurationMs } from './duration.js';

// Every scalar comes as the text it was written as (readYaml), so these say what it must be.

export const text = z.string('must be a text');
export const secret = text.transform((value) => new Secret(value));

const SWITCHES: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'y', 'Y'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'n', 'N'].map((word) => [word, false] as const),
]);

export const bool = text.transform((value, context): boolean => SWITCHES.get(value) ?? fail(context, 'must be true or false'));
export const count = text.regex(/^\d{1,15}$/, 'must be a whole number of at least 0').transform(Number);
export const durationMs = text.transform((value, context): number => parseDurationMs(value) ?? fail(context, 'must be a duration like 15s or 1m30s'));
export const positiveDurationMs = durationMs.refine((ms) => ms > 0, 'must be longer than 0');
export const byteSize = text.transform((value, context): number => parseByteSize(value) ?? fail(context, 'must be a size like 512MB, with its unit'));

/** Absent and empty are the same, as `key:` without a value is in YAML. */
export function orElse<Schema extends z.ZodType, Fallback>(schema: Schema, fallback: Fallback): z.ZodPipe<z.ZodOptional<z.ZodNullable<Schema>>, z.ZodTransform<z.output<Schema> | Fallback>> {
  return schema.nullish().transform((value) => (value === null || value === undefined ? fallback : value) as z.output<Schema> | Fallback);
}

/** An option that Prometheus has and this server has not: it is refused by name, with the reason, because to ignore it would be to do something else than was asked. */
export function refused(reason: string): z.ZodOptional<z.ZodUnknown> {
  return z
    .unknown()
    .optional()
    .superRefine((value, context) => {
      if (value !== undefined && value !== null) context.addIssue({ code: 'custom', message: `is not supported: ${reason}` });
    }) as z.ZodOptional<z.ZodUnknown>;
}

/** The same for a switch: off is what this server does anyway. */
export function refusedWhenOn(reason: string): z.ZodType {
  return orElse(bool, false).refine((on) => !on, `is not supported: ${reason}`);
}

/** For transforms: what was written cannot be read. */
export function fail(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}
