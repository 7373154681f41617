/**
 * `version`: written in a form that this build does not know. `checksum`: the bytes are not those that were written. `order`: a sound blob, but not the one that
 * follows the one before. `malformed`: the checksum is right and the content makes no sense, which only a faulty or hostile writer brings about.
 */
export type CodecProblem = 'version' | 'checksum' | 'order' | 'malformed';

/** Stored samples of which nothing can be used. */
export class CodecError extends Error {
  override readonly name = 'CodecError';

  constructor(
    readonly problem: CodecProblem,
    message: string,
  ) {
    super(message);
  }
}

export function malformed(what: string): CodecError {
  return new CodecError('malformed', `Stored samples make no sense: ${what}.`);
}
