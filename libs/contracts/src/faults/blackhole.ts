import { z } from 'zod';
import { connectionHitFields, streamsSchema } from './match.js';

/** Nothing passes, nothing is lost, nobody is told: bytes and ends wait, and go on when the fault ends, as after a partition that healed. */
export const blackholeParamsSchema = z.strictObject({ stream: streamsSchema, ...connectionHitFields });
