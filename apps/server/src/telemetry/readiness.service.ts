import { Injectable } from '@nestjs/common';
import type { HealthView } from '#contracts';
import { DatabaseHealthStore } from '../storage/database-health.store.js';

// Shorter than the timeouts that load balancers use for their probes.
const CHECK_TIMEOUT_MS = 2_000;

/** Whether requests that need the parts outside this process can be served now. */
@Injectable()
export class ReadinessService {
  constructor(private readonly database: DatabaseHealthStore) {}

  async check(): Promise<HealthView> {
    const checks = { database: await outcomeOf(this.database.ping()) };
    return { status: Object.values(checks).every((check) => check === 'ok') ? 'ok' : 'degraded', checks };
  }
}

// The answer is public, so it says which check fails and not the address or message of the database.
async function outcomeOf(check: Promise<void>): Promise<string> {
  const timeout = new AbortController();
  const tooSlow = new Promise<string>((resolve) => {
    const timer = setTimeout(() => resolve(`no answer within ${CHECK_TIMEOUT_MS} ms`), CHECK_TIMEOUT_MS);
    timeout.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  const answer = check.then(
    () => 'ok',
    () => 'does not answer',
  );
  return Promise.race([answer, tooSlow]).finally(() => timeout.abort());
}
