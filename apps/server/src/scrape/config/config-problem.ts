export interface ConfigProblem {
  readonly file: string;
  /** From 1; null where the problem is with the file as a whole. */
  readonly at: { readonly line: number; readonly column: number } | null;
  /** Never repeats a value that may be secret. */
  readonly message: string;
}

/** All that is wrong with a scrape configuration, one `file:line:column: message` a line. */
export class ScrapeConfigError extends Error {
  override readonly name = 'ScrapeConfigError';

  constructor(readonly problems: readonly ConfigProblem[]) {
    super(problems.map(({ file, at, message }) => (at === null ? `${file}: ${message}` : `${file}:${at.line}:${at.column}: ${message}`)).join('\n'));
  }
}
