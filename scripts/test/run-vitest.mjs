import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NODE_MODULES, ROOT } from '../prepare/places.mjs';
import { NONE, countReport } from './count.mjs';

/**
 * Runs Vitest once; resolves with its exit code and the counts of its report. Files that no project has are no failure here. What it prints is
 * shown `now`, or `at its end` when another run has the terminal.
 */
export async function runVitest(args, output) {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-test-'));
  const report = join(folder, 'report.json');
  try {
    const exitCode = await run(['run', '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args], output);
    return { exitCode, counts: readCounts(report, exitCode) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A run that died before it could report counts as one failure: silence is not success. */
function readCounts(path, exitCode) {
  try {
    return countReport(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return exitCode === 0 ? NONE : { ...NONE, failed: 1 };
  }
}

function run(args, output) {
  const held = [];
  const child = spawn(process.execPath, [`${NODE_MODULES}vitest/vitest.mjs`, ...args], { cwd: ROOT, stdio: output === 'now' ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => held.push(bytes));
  // Vitest ends its own workers; we wait for that, and pass on what reaches only us.
  const pass = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      process.stdout.write(Buffer.concat(held));
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, pass);
      resolve(code ?? 1);
    });
  });
}
