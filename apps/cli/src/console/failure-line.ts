import { AppError } from '#contracts';

/** What to tell a person about a failure: our own errors say it themselves, the system's get the remedy that their code asks for. */
export function failureLine(error: unknown): string {
  if (error instanceof AppError) return error.message;
  if (!(error instanceof Error)) return String(error);
  if (isDiskFull(error)) return `The disk is full (${error.message}). Free some space, or choose another place with --data-dir.`;
  return `Unexpected: ${error.stack ?? error.message}`;
}

export function isDiskFull(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** The code of a system error (`ENOENT`, ...); undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
