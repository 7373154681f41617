/**
 * `npm run conformance -- promql [--verbose] <folder or file>...`: runs PromQL test scripts (`*.test`, the format of Prometheus' promqltest) against
 * the engine over series in memory. The last line is RESULT {json}.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runScript } from './run-script.js';
import type { CaseReport } from './run-script.js';

const args = process.argv.slice(2);
const isVerbose = args.includes('--verbose');
const paths = args.filter((arg) => !arg.startsWith('--'));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Count {
  readonly passed: number;
  readonly failed: number;
}

function scriptsOf(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).filter((name) => name.endsWith('.test')).sort().map((name) => join(path, name));
}

function countOf(reports: readonly CaseReport[]): Count {
  const failed = reports.filter(({ problem }) => problem !== null).length;
  return { passed: reports.length - failed, failed };
}

const floatOnly = (reports: readonly CaseReport[]): readonly CaseReport[] => reports.filter((report) => report.floatOnly);
const withNative = (reports: readonly CaseReport[]): readonly CaseReport[] => reports.filter((report) => !report.floatOnly);

function sayFile(path: string, reports: readonly CaseReport[]): void {
  const { passed, failed } = countOf(reports);
  const [floats, natives] = [countOf(floatOnly(reports)), countOf(withNative(reports))];
  const of = ({ passed: good, failed: bad }: Count): string => `${good} of ${good + bad}`;
  const counts = `passed ${String(passed).padStart(4)}  failed ${String(failed).padStart(4)}  skipped    0`;
  say(`  ${basename(path).padEnd(28)} ${counts}  (float only ${of(floats)}, with native histograms ${of(natives)})`);
  if (!isVerbose) return;
  for (const { line, query, problem } of reports) {
    if (problem !== null) say(`      ${path}:${line} ${query}\n        ${problem.replaceAll('\n', '\n        ')}`);
  }
}

async function main(): Promise<number> {
  if (paths.length === 0) {
    say('usage: npm run conformance -- promql [--verbose] <folder or file>...');
    return 2;
  }
  const files = paths.flatMap(scriptsOf);
  say(`PromQL conformance: ${files.length} scripts`);
  const all: CaseReport[] = [];
  for (const file of files) {
    const reports = await runScript(readFileSync(file, 'utf8'));
    sayFile(file, reports);
    all.push(...reports);
  }
  // Nothing is left out: what cannot be run counts as failed.
  say(`RESULT ${JSON.stringify({ name: 'promql', ...countOf(all), skipped: 0, floatOnly: countOf(floatOnly(all)), withNativeHistograms: countOf(withNative(all)) })}`);
  return 0;
}

process.exitCode = await main();
