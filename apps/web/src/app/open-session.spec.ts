import { describe, expect, it } from 'vitest';
import { signInSecret } from './open-session.js';

describe('signInSecret', () => {
  it('reads the secret of a sign-in link', () => expect(signInSecret('#sign-in=abc_DEF-123')).toBe('abc_DEF-123'));
  it('is null for any other fragment', () => expect(['', '#', '#main', '#sign-in='].map(signInSecret)).toEqual([null, null, null, null]));
});
