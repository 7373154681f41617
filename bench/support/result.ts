/** One bar of an issue: the measured value, what was asked, and the peer's value of the same run where there is one. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Null where the value is reported and no bar was set. */
  readonly bar: number | null;
  readonly holds: boolean | null;
  readonly peer: { readonly name: string; readonly value: number } | null;
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

/** The last line of every benchmark. */
export function printResult(name: string, bars: readonly Bar[]): void {
  process.stdout.write(`RESULT ${JSON.stringify({ name, bars })}\n`);
}
