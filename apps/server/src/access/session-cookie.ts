export const SESSION_COOKIE = 'faultline_session';

interface CookieLife {
  readonly maxAgeSec: number;
  /** True when the pages are served over https. */
  readonly secure: boolean;
}

/**
 * The Set-Cookie value (RFC 6265, section 4.1): unreadable for scripts, and never sent along with a request that another site starts.
 * `secret` is base64url, which needs no escaping.
 */
export function serializeSessionCookie(secret: string, life: CookieLife): string {
  const attributes = [`${SESSION_COOKIE}=${secret}`, 'Path=/', 'HttpOnly', 'SameSite=Strict', `Max-Age=${life.maxAgeSec}`];
  return [...attributes, ...(life.secure ? ['Secure'] : [])].join('; ');
}

/** The session secret in a Cookie header; null without one. */
export function readSessionCookie(header: string | undefined): string | null {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  const pair = pairs.find((one) => one.startsWith(`${SESSION_COOKIE}=`));
  return pair?.slice(SESSION_COOKIE.length + 1) || null;
}
