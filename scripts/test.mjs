/**
 * `npm test`: everything a fresh clone needs, then all tests: unit before system, and those that wait for leases beside them. The last line is
 * `tests: N passed, N failed, N skipped`, counted from what Vitest reports. What is given after `--` goes to Vitest. Fails when a test failed, or when none ran.
 */
import { requireNode } from './prepare/node-version.mjs';

const AS_ASKED = { projects: [[]], output: 'now' };
const SIDE_BY_SIDE = [
  { projects: [['--project', 'unit'], ['--project', 'system']], output: 'now' },
  { projects: [['--project', 'leases']], output: 'at its end' },
];

async function inTurn({ projects, output }, args, runVitest) {
  const results = [];
  for (const project of projects) results.push(await runVitest([...project, ...args], output));
  return results;
}

async function test() {
  const { prepare } = await import('./prepare/prepare.mjs');
  const { runVitest } = await import('./test/run-vitest.mjs');
  const { addCounts, NONE, summary } = await import('./test/count.mjs');
  await prepare();
  const args = process.argv.slice(2);
  // Somebody who names a project wants that one only.
  const named = args.some((arg) => arg.startsWith('--project'));
  const results = (await Promise.all((named ? [AS_ASKED] : SIDE_BY_SIDE).map((run) => inTurn(run, args, runVitest)))).flat();
  const total = results.reduce((sum, { counts }) => addCounts(sum, counts), NONE);
  const vitestFailed = results.some(({ exitCode }) => exitCode !== 0);
  if (vitestFailed && total.failed === 0) console.error('Vitest failed outside of any test: the lines above say why.');
  process.exitCode = vitestFailed || total.failed > 0 || total.passed === 0 ? 1 : 0;
  console.log(summary(total));
}

if (requireNode()) {
  test().catch((error) => {
    console.error(`npm test: ${error.message}`);
    console.log('tests: 0 passed, 1 failed, 0 skipped');
    process.exitCode = 1;
  });
}
