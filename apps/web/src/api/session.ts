import { AppError } from '#contracts';
import type { SessionView } from '#contracts';
import { request } from './request.js';

/** Who is signed in, or null. */
export async function readSession(): Promise<SessionView | null> {
  try {
    return await request<SessionView>('/api/session');
  } catch (error) {
    if (error instanceof AppError && error.code === 'SIGN_IN_REQUIRED') return null;
    throw error;
  }
}

/** Spends the secret of a one-time sign-in link. */
export function signIn(secret: string): Promise<SessionView> {
  return request('/api/session', { method: 'POST', body: { secret } });
}

export function signOut(): Promise<void> {
  return request('/api/session', { method: 'DELETE' });
}
