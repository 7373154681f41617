/** `problem` is null when all is well. A skipped check says why it could not be made. */
export type Check = { readonly name: string; readonly outcome: 'passed' } | { readonly name: string; readonly outcome: 'failed' | 'skipped'; readonly problem: string };

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function checkOf(name: string, problem: string | null): Check {
  return problem === null ? { name, outcome: 'passed' } : { name, outcome: 'failed', problem };
}

/** One line, and one more for what is wrong. */
export function textOf(check: Check): string {
  const line = `  ${check.outcome === 'passed' ? 'ok     ' : check.outcome.padEnd(7)} ${check.name}`;
  return check.outcome === 'passed' ? line : `${line}\n          ${check.problem.replaceAll('\n', '\n          ')}`;
}

export function countsOf(checks: readonly Check[]): Counts {
  const count = (outcome: Check['outcome']): number => checks.filter((check) => check.outcome === outcome).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}
