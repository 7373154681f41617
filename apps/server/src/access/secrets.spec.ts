import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { formatToken, hashSecret, matchesHash, newSecret, parseToken } from './secrets.js';
import { readSessionCookie, serializeSessionCookie } from './session-cookie.js';

describe('secrets', () => {
  it('have 256 bits and do not repeat', () => {
    const secrets = new Set(Array.from({ length: 1_000 }, newSecret));
    expect(secrets.size).toBe(1_000);
    for (const secret of secrets) expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  });

  it('match their own hash and no other', () => {
    const secret = newSecret();
    expect(matchesHash(secret, hashSecret(secret))).toBe(true);
    expect(matchesHash(newSecret(), hashSecret(secret))).toBe(false);
    expect(matchesHash(secret, 'short')).toBe(false);
  });
});

describe('API tokens', () => {
  it('give back the id and secret they were made of, whatever characters the secret has', () => {
    for (let i = 0; i < 200; i += 1) {
      const [id, secret] = [randomUUID(), newSecret()];
      expect(parseToken(formatToken(id, secret))).toEqual({ id, secret });
    }
  });

  it.each(['', 'flt_', 'flt_x_y', `flt_${'0'.repeat(32)}_short`, `glt_${'0'.repeat(32)}_${'a'.repeat(43)}`, ` flt_${'0'.repeat(32)}_${'a'.repeat(43)}`])('are not %j', (text) => {
    expect(parseToken(text)).toBeNull();
  });
});

describe('the session cookie', () => {
  it('is read back among others', () => {
    const secret = newSecret();
    const pair = serializeSessionCookie(secret, { maxAgeSec: 60, secure: false }).split(';')[0];
    expect(readSessionCookie(`a=b; ${pair}; faultline_session_x=2`)).toBe(secret);
  });

  it('is Secure exactly when the pages come over https', () => {
    expect(serializeSessionCookie('x', { maxAgeSec: 60, secure: true })).toContain('; Secure');
    expect(serializeSessionCookie('x', { maxAgeSec: 60, secure: false })).not.toContain('Secure');
  });

  it.each([undefined, '', 'other=1', 'faultline_session=', 'xfaultline_session=1'])('is absent from %j', (header) => {
    expect(readSessionCookie(header)).toBeNull();
  });
});
