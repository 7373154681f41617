import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

// 256 bits: out of reach of guessing, so a plain SHA-256 is enough to store it by (a slow hash is for secrets that people choose).
const SECRET_BYTES = 32;

/** A new secret, url-safe, 43 characters. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** What is stored instead of a secret: its SHA-256 in hex. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Compares in constant time: how long it takes says nothing about how much of the secret fits. */
export function matchesHash(secret: string, storedHash: string): boolean {
  const stored = Buffer.from(storedHash, 'hex');
  const given = createHash('sha256').update(secret).digest();
  return stored.length === given.length && timingSafeEqual(stored, given);
}

const TOKEN = /^flt_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/;

/** `flt_<id>_<secret>`: the prefix lets secret scanners find a leaked one, the id finds its row. */
export function formatToken(id: string, secret: string): string {
  return `flt_${id.replaceAll('-', '')}_${secret}`;
}

/** The id (as a UUID) and secret of a token; null when it is not one. */
export function parseToken(text: string): { id: string; secret: string } | null {
  const [, hex, secret] = TOKEN.exec(text) ?? [];
  if (hex === undefined || secret === undefined) return null;
  return { id: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), secret };
}
