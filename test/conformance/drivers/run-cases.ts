export interface KindReport {
  readonly kept: readonly string[];
  readonly broken: readonly { readonly title: string; readonly problem: string }[];
  /** Promises that do not concern the kind, each with the reason. */
  readonly leftOut: readonly { readonly title: string; readonly reason: string }[];
}

interface Case<K, W> {
  readonly title: string;
  readonly except?: (kind: K) => string | null;
  readonly run: (world: W) => Promise<void>;
}

/** Holds a kind to every promise, each in a fresh world. */
export async function runCases<K, W extends { close(): Promise<void> }>(cases: readonly Case<K, W>[], kind: K, open: () => Promise<W>): Promise<KindReport> {
  const report = { kept: [] as string[], broken: [] as { title: string; problem: string }[], leftOut: [] as { title: string; reason: string }[] };
  for (const { title, except, run } of cases) {
    const reason = except?.(kind) ?? null;
    if (reason !== null) report.leftOut.push({ title, reason });
    else {
      const problem = await problemOf(run, open);
      if (problem === null) report.kept.push(title);
      else report.broken.push({ title, problem });
    }
  }
  return report;
}

async function problemOf<W extends { close(): Promise<void> }>(run: (world: W) => Promise<void>, open: () => Promise<W>): Promise<string | null> {
  try {
    const world = await open();
    try {
      await run(world);
    } finally {
      await world.close();
    }
    return null;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
