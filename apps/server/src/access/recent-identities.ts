import { Injectable } from '@nestjs/common';
import type { Credentials, Identity } from './identity.js';
import { hashSecret } from './secrets.js';
import { readSessionCookie } from './session-cookie.js';
import { SessionEvents, concerns } from './session-events.js';

// A bound on memory only: far above the number of people who could be signed in.
const MOST_REMEMBERED = 10_000;

/**
 * Who proved to be whom since this server started, for the acts that must not wait for the database: halting and stopping a fault. An end of
 * access that this server hears of is forgotten at once; one that it cannot hear of while the database is away lets somebody stop faults, and do
 * nothing else, until the session would have been over anyway.
 */
@Injectable()
export class RecentIdentities {
  private readonly remembered = new Map<string, Identity>();

  constructor(events: SessionEvents) {
    events.onEnd((end) => {
      for (const [key, identity] of this.remembered) if (concerns(end, identity)) this.remembered.delete(key);
    });
  }

  remember(credentials: Credentials, identity: Identity): void {
    const key = keyOf(credentials);
    // Removed first, so that the map's order is the order of last use and its first entry the oldest.
    this.remembered.delete(key);
    this.remembered.set(key, identity);
    const oldest = this.remembered.keys().next();
    if (this.remembered.size > MOST_REMEMBERED && oldest.done !== true) this.remembered.delete(oldest.value);
  }

  recall(credentials: Credentials, nowMs: number): Identity | null {
    const identity = this.remembered.get(keyOf(credentials));
    return identity === undefined || identity.grant.expiresAt.getTime() <= nowMs ? null : identity;
  }
}

// Hashed, so that a memory dump holds no usable credential.
function keyOf({ authorization, cookie }: Credentials): string {
  return hashSecret(authorization ?? readSessionCookie(cookie) ?? '');
}
