/** The server cannot start, and the message says in one line why and what to do about it. Printed without a stack. */
export class StartError extends Error {
  override readonly name: string = 'StartError';
}

/** All that is wrong with the configuration, at once. */
export class ConfigError extends StartError {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not valid: ${problems.join('; ')}.`);
  }
}
