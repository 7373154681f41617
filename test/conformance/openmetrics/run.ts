/**
 * `npm run conformance -- openmetrics [--verbose] <folder or file>...`: reads every case below the folders (each a folder with a test.json and the body that it names)
 * as strict OpenMetrics 1.0, and compares the verdict with the case's. The last line is RESULT {json}.
 */
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { caseFolders, readCase } from './case.js';
import { judge } from './judge.js';

const args = process.argv.slice(2);
const isVerbose = args.includes('--verbose');
const paths = args.filter((arg) => !arg.startsWith('--'));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

type Outcome = 'passed' | 'failed' | 'skipped';

function runCase(folder: string, name: string): Outcome {
  const given = readCase(folder, name);
  if (given.kind === 'skipped') {
    say(`  skipped ${name}: ${given.reason}`);
    return 'skipped';
  }
  const problem = judge(given);
  if (problem !== null) say(`  failed  ${name}: expected ${problem.expected}, got ${problem.got}`);
  else if (isVerbose) say(`  passed  ${name}`);
  return problem === null ? 'passed' : 'failed';
}

function usage(): number {
  say('usage: npm run conformance -- openmetrics [--verbose] <folder or file>...');
  return 1;
}

function main(): number {
  const missing = paths.find((path) => !existsSync(path));
  if (missing !== undefined) say(`There is no ${missing}.`);
  if (paths.length === 0 || missing !== undefined) return usage();
  const cases = paths.flatMap((path) => caseFolders(path).map((folder) => ({ folder, name: relative(path, folder) || folder })));
  if (cases.length === 0) {
    say(`There is no test.json in or below ${paths.join(', ')}.`);
    return usage();
  }
  say(`OpenMetrics conformance: ${cases.length} cases`);
  const outcomes = cases.map(({ folder, name }) => runCase(folder, name));
  const count = (outcome: Outcome): number => outcomes.filter((one) => one === outcome).length;
  const counts = { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
  say(`  passed ${counts.passed}  failed ${counts.failed}  skipped ${counts.skipped}`);
  say(`RESULT ${JSON.stringify({ name: 'openmetrics', ...counts })}`);
  return 0;
}

process.exitCode = main();
