import type { WriteFailure } from './writer/writer-messages.js';

/** A write of which nothing was taken, or nothing may be said. */
export class WriteFailedError extends Error {
  override readonly name = 'WriteFailedError';

  constructor(
    readonly failure: WriteFailure,
    message: string,
  ) {
    super(message);
  }
}
