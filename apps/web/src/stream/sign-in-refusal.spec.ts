import { expect, it } from 'vitest';
import { isSignInRefusal } from './sign-in-refusal.js';

it('knows a refusal for want of a session from other trouble', () => {
  expect(isSignInRefusal(Object.assign(new Error('Sign in first'), { data: { code: 'SIGN_IN_REQUIRED' } }))).toBe(true);
  expect(isSignInRefusal({ ok: false, code: 'SIGN_IN_REQUIRED', message: '' })).toBe(true);
  expect(isSignInRefusal(new Error('SIGN_IN_REQUIRED'))).toBe(true);
  expect(isSignInRefusal(new Error('websocket error'))).toBe(false);
  expect(isSignInRefusal(Object.assign(new Error('x'), { data: null }))).toBe(false);
  expect(isSignInRefusal(Object.assign(new Error('x'), { data: { code: 'DATABASE_UNAVAILABLE' } }))).toBe(false);
});
