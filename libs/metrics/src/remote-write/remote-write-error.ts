/** `malformed`: the bytes are not what they are said to be. `too-large`: they would take more memory than one request may. */
export type RemoteWriteProblem = 'malformed' | 'too-large';

/** A request of which nothing can be used. The message is fit to be shown to the sender. */
export class RemoteWriteError extends Error {
  override readonly name = 'RemoteWriteError';

  /** `byte`: where in the bytes that were being read, compressed or not, as the message says. */
  constructor(
    readonly problem: RemoteWriteProblem,
    readonly byte: number,
    message: string,
  ) {
    super(message);
  }
}
