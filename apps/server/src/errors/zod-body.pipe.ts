import type { PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { invalidRequest } from './invalid-request.js';

/**
 * Checks a body, query or parameter against a schema of the contracts: `@Body(new ZodPipe(createFaultSchema)) body: CreateFault`.
 * The schema is public so that the OpenAPI document is read from the same place.
 */
export class ZodPipe<Schema extends z.ZodType> implements PipeTransform<unknown, z.infer<Schema>> {
  constructor(readonly schema: Schema) {}

  transform(value: unknown): z.infer<Schema> {
    const parsed = this.schema.safeParse(value);
    if (!parsed.success) throw invalidRequest(parsed.error);
    return parsed.data;
  }
}
