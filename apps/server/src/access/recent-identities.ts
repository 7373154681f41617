import { Injectable } from '@nestjs/common';
import type { Credentials, Identity } from './identity.js';
import { hashSecret } from './secrets.js';
import { readSessionCookie } from './session-cookie.js';
import { SessionEvents, concerns } from './session-events.js';

// A bound on memory only: far above the number of people who could be signed in.
const MOST_REMEMBERED = 10_000;

/**
 * Who proved to be whom since this server started, for the acts that must not wait for the database, halting and stopping a fault, and for those that come hundreds of times a second. An end of
 * access that this server hears of is forgotten at once; one that it cannot hear of while the database is away lets somebody stop faults, and do
 * nothing else, until the session would have been over anyway.
 */
@Injectable()
export class RecentIdentities {
  private readonly remembered = new Map<string, { readonly identity: Identity; readonly atMs: number }>();

  constructor(events: SessionEvents) {
    events.onEnd((end) => {
      for (const [key, { identity }] of this.remembered) if (concerns(end, identity)) this.remembered.delete(key);
    });
  }

  remember(credentials: Credentials, identity: Identity, nowMs: number): void {
    const key = keyOf(credentials);
    // Removed first, so that the map's order is the order of last use and its first entry the oldest.
    this.remembered.delete(key);
    this.remembered.set(key, { identity, atMs: nowMs });
    const oldest = this.remembered.keys().next();
    if (this.remembered.size > MOST_REMEMBERED && oldest.done !== true) this.remembered.delete(oldest.value);
  }

  /** Whoever proved it at most `maxAgeMs` ago. */
  recall(credentials: Credentials, nowMs: number, maxAgeMs = Infinity): Identity | null {
    const known = this.remembered.get(keyOf(credentials));
    if (known === undefined || known.atMs < nowMs - maxAgeMs) return null;
    return known.identity.grant.expiresAt.getTime() <= nowMs ? null : known.identity;
  }
}

// Hashed, so that a memory dump holds no usable credential.
function keyOf({ authorization, cookie }: Credentials): string {
  return hashSecret(authorization ?? readSessionCookie(cookie) ?? '');
}
