import { AppError, targetLabel, type FaultTarget } from '#contracts';

interface Failure {
  readonly target: FaultTarget;
  /** Why it could not start there. */
  readonly cause: unknown;
  /** Of the others: how many had started, and how many of them are confirmed as gone. */
  readonly started: number;
  readonly reverted: number;
}

/** SELECTION_FAILED: which one, why, and what became of the others. */
export function selectionFailed({ target, cause, started, reverted }: Failure): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError('SELECTION_FAILED', { target: targetLabel(target), reason, started, reverted, undone: undoneText(started, reverted) }, { cause });
}

function undoneText(started: number, reverted: number): string {
  if (started === 0) return 'Nothing had started.';
  if (started === reverted) return `What had started on ${started} more is taken back.`;
  return `What had started on ${started} more is taken back: ${reverted} are confirmed, and leases end the others.`;
}
