import { AppError } from '#contracts';
import type { SessionView } from '#contracts';
import { readSession, signIn } from '../api/session.js';

const FRAGMENT = /^#sign-in=(.+)$/;

/** The secret of a sign-in link in an address's fragment; null without one. */
export function signInSecret(hash: string): string | null {
  return FRAGMENT.exec(hash)?.[1] ?? null;
}

/** Who is signed in. A secret is spent on the first call only; a spent link does not matter to someone who is signed in already. */
export function createSessionReader(secret: string | null): () => Promise<SessionView | null> {
  let unspent = secret;
  return async () => {
    if (unspent === null) return readSession();
    const spent = unspent;
    unspent = null;
    try {
      return await signIn(spent);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'SIGN_IN_LINK_INVALID') throw error;
      const session = await readSession();
      if (session === null) throw error;
      return session;
    }
  };
}
