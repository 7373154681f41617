import { AGENT_KINDS } from './agent-rigs.js';
import { DRIVER_KINDS, unavailableKinds, whyNoLab } from './rigs.js';
import type { KindReport } from './run-cases.js';
import { groupsOf, runAgentKind, runDriverKind } from './run-kind.js';

/** `npm run conformance -- drivers [kind ...]`: every promise of a driver, kept by every kind that this machine allows. */
const asked = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** A kind held to the promises of its driver, or to those of a whole agent. */
interface Run {
  readonly kind: string;
  readonly by: 'driver' | 'agent';
  readonly run: () => Promise<KindReport>;
}

async function main(): Promise<number> {
  const known: readonly string[] = [...new Set<string>([...DRIVER_KINDS, ...AGENT_KINDS])];
  const unknown = asked.filter((kind) => !known.includes(kind));
  if (unknown.length > 0) {
    say(`Unknown kinds: ${unknown.join(', ')}. Known are ${known.join(', ')}.`);
    return 2;
  }
  const kinds = known.filter((kind) => asked.length === 0 || asked.includes(kind));
  const reasons: ReadonlyMap<string, string | null> = await unavailableKinds();
  const noLab = await whyNoLab();
  say('driver conformance');
  const unavailable = kinds.filter((kind) => (reasons.get(kind) ?? null) !== null);
  for (const kind of unavailable) say(`  ${kind.padEnd(20)} unavailable: ${reasons.get(kind)}`);
  const drivers = DRIVER_KINDS.map((kind): Run => ({ kind, by: 'driver', run: () => runDriverKind(kind) }));
  const agents = AGENT_KINDS.map((kind): Run => ({ kind, by: 'agent', run: () => runAgentKind(kind, noLab === null) }));
  const available = ({ kind }: Run): boolean => kinds.includes(kind) && !unavailable.includes(kind);
  const reports = [...(await runAll(drivers.filter(available))), ...(await runAll(agents.filter(available)))];
  return sayResult({ kinds: kinds.length, available: kinds.length - unavailable.length, unavailable: unavailable.length }, reports);
}

async function runAll(runs: readonly Run[]): Promise<readonly KindReport[]> {
  const reports: KindReport[] = [];
  const runGroup = async (group: readonly string[]): Promise<void> => {
    for (const run of runs.filter(({ kind }) => group.includes(kind))) {
      const report = await run.run();
      sayKind(run, report);
      reports.push(report);
    }
  };
  await Promise.all(groupsOf(runs.map(({ kind }) => kind)).map(runGroup));
  return reports;
}

function sayKind({ kind, by }: Run, { kept, broken, leftOut }: KindReport): void {
  say(`  ${kind.padEnd(20)} ${by.padEnd(6)} ${broken.length === 0 ? 'passed' : 'FAILED'}  ${kept.length} of ${kept.length + broken.length} promises`);
  for (const { title, problem } of broken) say(`      BROKEN ${title}\n${problem}`);
  for (const { title, reason } of leftOut) say(`      left out: ${title} (${reason})`);
}

function sayResult(kinds: Readonly<Record<string, number>>, reports: readonly KindReport[]): number {
  const sum = (count: (report: KindReport) => number): number => reports.reduce((total, report) => total + count(report), 0);
  const broken = sum((report) => report.broken.length);
  // A kind that this kernel or these rights do not allow is skipped, and so is a promise that needs what is not here; both are named above.
  const skipped = sum(({ leftOut }) => leftOut.length) + (kinds['unavailable'] ?? 0);
  say(`RESULT ${JSON.stringify({ name: 'drivers', passed: sum(({ kept }) => kept.length), failed: broken, skipped, ...kinds })}`);
  return 0;
}

process.exit(await main());
