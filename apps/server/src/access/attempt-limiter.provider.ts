import type { Provider } from '@nestjs/common';
import { AttemptLimiter } from './attempt-limiter.js';

/** Injects the limiter of everything that takes a secret without a session: sign-in and enrolment count together per client address. */
export const SIGN_IN_LIMITER = Symbol('SIGN_IN_LIMITER');

export const signInLimiterProvider: Provider = { provide: SIGN_IN_LIMITER, useFactory: () => new AttemptLimiter() };
