import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Identity } from './identity.js';

/** With it this server asks itself, as the scraper does for its own metrics. It exists in this process's memory only, and may do what a viewer may. */
@Injectable()
export class OwnToken {
  readonly secret = randomBytes(32).toString('base64url');
  private readonly header = Buffer.from(`Bearer ${this.secret}`);

  /** Null when these are somebody else's credentials. */
  identify(authorization: string): Identity | null {
    const given = Buffer.from(authorization);
    if (given.length !== this.header.length || !timingSafeEqual(given, this.header)) return null;
    return { principal: { id: 'this-server', name: 'this server', role: 'viewer', via: 'token', readScope: [] }, grant: { kind: 'token', id: 'this-server', expiresAt: new Date(8.64e15) } };
  }
}
