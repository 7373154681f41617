import { Controller, Get, Query } from '@nestjs/common';
import type { AuditRowView } from '#contracts';
import { z } from 'zod';
import { Require } from '../access/require.decorator.js';
import { ZodPipe } from '../errors/zod-body.pipe.js';
import { AuditService } from './audit.service.js';

const auditQuerySchema = z.strictObject({
  /** Rows older than this id. */
  before: z.string().regex(/^\d{1,18}$/, 'must be the id of a row').nullable().default(null),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

@Controller('api/audit')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @Require('audit.read')
  list(@Query(new ZodPipe(auditQuerySchema)) query: z.infer<typeof auditQuerySchema>): Promise<AuditRowView[]> {
    return this.audit.list(query);
  }
}
