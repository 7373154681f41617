import { Injectable } from '@nestjs/common';
import type { Identity } from './identity.js';

/** Access that just ended, or changed so that it must be checked anew: one session (sign-out), or everything of a user (deleted, other role). */
export type AccessEnd = { readonly sessionId: string } | { readonly userId: string } | { readonly tokenId: string };

type Listener = (end: AccessEnd) => void;

/** Tells who holds a connection open that its right to it is gone. */
@Injectable()
export class SessionEvents {
  private readonly listeners = new Set<Listener>();

  /** Returns the function that ends the subscription. */
  onEnd(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Call after the commit: a listener that checks again must find the new state. */
  announce(end: AccessEnd): void {
    for (const listener of this.listeners) listener(end);
  }
}

/** Whether an end means the access that `identity` stands for. */
export function concerns(end: AccessEnd, { principal, grant }: Identity): boolean {
  if ('userId' in end) return end.userId === principal.id;
  return 'sessionId' in end ? grant.kind === 'session' && end.sessionId === grant.id : grant.kind === 'token' && end.tokenId === grant.id;
}
