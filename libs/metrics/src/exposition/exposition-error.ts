/** A body that is not in its format. The message is fit to be shown to whoever looks after the target. */
export class ExpositionError extends Error {
  override readonly name = 'ExpositionError';

  /** `line` and `column` count from 1, the column in characters. `found`: what stands there, cut; empty at the end of a line, null at that of the body. */
  constructor(
    readonly line: number,
    readonly column: number,
    readonly expected: string,
    readonly found: string | null,
  ) {
    super(`Line ${line}, column ${column}: expected ${expected}, found ${shown(found)}.`);
  }
}

function shown(found: string | null): string {
  if (found === null) return 'the end of the body';
  return found === '' ? 'the end of the line' : JSON.stringify(found);
}
