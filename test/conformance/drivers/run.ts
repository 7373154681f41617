import { AGENT_KINDS } from './agent-rigs.js';
import type { AgentKind } from './agent-rigs.js';
import type { DriverKind } from './rig.js';
import { DRIVER_KINDS, unavailableKinds, whyNoLab } from './rigs.js';
import type { KindReport } from './run-cases.js';
import { groupsOf, runAgentKind, runDriverKind } from './run-kind.js';

/** `npm run conformance -- drivers [kind ...]`: every promise of a driver, kept by every kind that this machine allows. */
const asked = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const isAsked = (kind: string): boolean => asked.length === 0 || asked.includes(kind);

async function main(): Promise<number> {
  const unknown = asked.filter((kind) => ![...DRIVER_KINDS, ...AGENT_KINDS].some((known) => known === kind));
  if (unknown.length > 0) {
    say(`Unknown kinds: ${unknown.join(', ')}. Known are ${[...new Set([...DRIVER_KINDS, ...AGENT_KINDS])].join(', ')}.`);
    return 2;
  }
  const [unavailable, noLab] = await Promise.all([unavailableKinds(), whyNoLab()]);
  const reason = (kind: string): string | null => unavailable.get(kind as DriverKind) ?? null;
  const kinds = [...new Set<DriverKind | AgentKind>([...DRIVER_KINDS, ...AGENT_KINDS])].filter(isAsked);
  const drivers = await runAll(DRIVER_KINDS.filter((kind) => isAsked(kind) && reason(kind) === null), runDriverKind);
  const agents = await runAll(AGENT_KINDS.filter((kind) => isAsked(kind) && reason(kind) === null), (kind) => runAgentKind(kind, noLab === null));
  say('driver conformance');
  for (const kind of kinds) sayKind(kind, reason(kind), [drivers.get(kind), agents.get(kind)].filter((report) => report !== undefined));
  return sayResult(kinds, reason, [...drivers.values(), ...agents.values()]);
}

async function runAll<K extends string>(kinds: readonly K[], run: (kind: K) => Promise<KindReport>): Promise<ReadonlyMap<string, KindReport>> {
  const reports = new Map<string, KindReport>();
  const runGroup = async (group: readonly K[]): Promise<void> => {
    for (const kind of group) reports.set(kind, await run(kind));
  };
  await Promise.all(groupsOf(kinds).map(runGroup));
  return reports;
}

function sayKind(kind: string, unavailable: string | null, reports: readonly KindReport[]): void {
  const name = `  ${kind.padEnd(20)}`;
  if (unavailable !== null) return say(`${name} unavailable: ${unavailable}`);
  const kept = reports.flatMap((report) => report.kept).length;
  const broken = reports.flatMap((report) => report.broken);
  say(`${name} ${broken.length === 0 ? 'passed' : 'FAILED'}  ${kept} of ${kept + broken.length} promises`);
  for (const { title, problem } of broken) say(`      BROKEN ${title}\n${problem}`);
  for (const { title, reason } of reports.flatMap((report) => report.leftOut)) say(`      left out: ${title} (${reason})`);
}

function sayResult(kinds: readonly string[], reason: (kind: string) => string | null, reports: readonly KindReport[]): number {
  const sum = (count: (report: KindReport) => number): number => reports.reduce((total, report) => total + count(report), 0);
  const broken = sum((report) => report.broken.length);
  const unavailable = kinds.filter((kind) => reason(kind) !== null).length;
  const counts = { kinds: kinds.length, available: kinds.length - unavailable, unavailable, promises_kept: sum(({ kept }) => kept.length), promises_broken: broken, left_out: sum(({ leftOut }) => leftOut.length) };
  say(`RESULT drivers ${Object.entries(counts).map(([name, count]) => `${name}=${count}`).join(' ')}`);
  return broken === 0 ? 0 : 1;
}

process.exit(await main());
