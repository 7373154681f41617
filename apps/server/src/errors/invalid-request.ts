import type { z } from 'zod';
import { AppError } from '#contracts';

// A body of a million wrong entries must not be answered with a million problems.
const MAX_PROBLEMS = 20;

/** INVALID_REQUEST with every problem and its path: `fault.params.latencyMs: expected number; durationMs: ...`. */
export function invalidRequest(error: z.ZodError): AppError {
  const problems = error.issues.slice(0, MAX_PROBLEMS).map((issue) => `${issue.path.map(String).join('.') || 'request'}: ${issue.message}`);
  if (error.issues.length > MAX_PROBLEMS) problems.push(`and ${error.issues.length - MAX_PROBLEMS} more`);
  return new AppError('INVALID_REQUEST', { problems: problems.join('; ') }, { cause: error });
}
