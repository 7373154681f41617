import { AppError } from '#contracts';

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/** The origins that pages of Faultline may have: the configured one, and for a loopback one its other spellings, on the same port. */
export function allowedOrigins(origin: string): ReadonlySet<string> {
  const url = new URL(origin);
  if (!LOOPBACK_NAMES.includes(url.hostname)) return new Set([url.origin]);
  const port = url.port === '' ? '' : `:${url.port}`;
  return new Set(LOOPBACK_NAMES.map((name) => `${url.protocol}//${name}${port}`));
}

export interface OriginRule {
  readonly allowed: ReadonlySet<string>;
  /** The one to name in the refusal. */
  readonly expected: string;
}

/** Throws ORIGIN_REFUSED unless `origin` is allowed. Exact matches only: a pattern is how an origin check gets bypassed. */
export function checkOrigin(origin: string | undefined, rule: OriginRule): void {
  if (origin === undefined || !rule.allowed.has(origin)) throw new AppError('ORIGIN_REFUSED', { origin: origin?.slice(0, 200) ?? '(none)', expected: rule.expected });
}
