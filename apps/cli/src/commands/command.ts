/** How the program was called; the only way in for arguments and environment. */
export interface Invocation {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What relative paths among the arguments are relative to. */
  readonly directory: string;
}

export interface Command {
  readonly usage: string;
  /** Resolves to the exit code; throws what ends it early. */
  run(invocation: Invocation): Promise<number>;
}
