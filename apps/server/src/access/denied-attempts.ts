import { Injectable, Logger } from '@nestjs/common';
import type { AppError } from '#contracts';
import { AuditService } from '../audit/audit.service.js';
import { AttemptLimiter } from './attempt-limiter.js';
import type { AdmittedRequest } from './identity.js';
import { actorOf } from './principal.js';

// Enough to see an attack; a bound, because the audit cannot be pruned and strangers must not be able to fill the disk with it.
const RECORDED_ATTEMPTS = { attempts: 20, windowMs: 60_000, maxAddresses: 10_000 };

/** Writes refused attempts to change something into the audit. */
@Injectable()
export class DeniedAttempts {
  private readonly log = new Logger('Access');
  private readonly limiter = new AttemptLimiter(RECORDED_ATTEMPTS);

  constructor(private readonly audit: AuditService) {}

  /** Never rejects: the attempt stays refused whether or not it could be recorded. */
  async record(request: AdmittedRequest, refusal: AppError): Promise<void> {
    const subject = `${request.method} ${request.routeOptions.url ?? request.url}`;
    const actor = request.principal === undefined ? request.ip : actorOf(request.principal);
    this.log.warn(`Refused: ${subject} by ${actor} (${refusal.code})`);
    if (this.limiter.attempt(actor, Date.now()) > 0) return;
    try {
      await this.audit.record({ actor, action: 'access.deny', subject, outcome: 'denied', details: { code: refusal.code, address: request.ip } });
    } catch (error) {
      this.log.error(`The refused attempt ${subject} by ${actor} is not in the audit: ${String(error)}`);
    }
  }
}
