// `npm run check`: what a tool can say about the tree, in seconds. Prints one line a check and the output of those that fail.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (path) => `node_modules/${path}`;

// Compiled first: the generated pages are made from it.
const BUILD = ['build', [bin('typescript/bin/tsc'), '-p', 'tsconfig.build.json']];
const CHECKS = [
  ['types', [bin('typescript/bin/tsc'), '-p', 'tsconfig.json']],
  ['types of the web app', [bin('typescript/bin/tsc'), '-p', 'apps/web/tsconfig.json']],
  ['lint', [bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0']],
  ['dependency rules', [bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.mjs', 'apps', 'libs', 'migrations', 'test', 'bench']],
  ['dead code', [bin('knip/bin/knip.js'), '--no-progress', '--no-config-hints']],
  ['generated files', ['scripts/generate.mjs', '--check']],
];

function run(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (output += bytes));
    child.on('close', (code) => resolve({ code, output }));
  });
}

// Two at a time: the checks are single-threaded and the smallest machine they run on has two cores.
const queue = [...CHECKS];
let failed = 0;
async function check([name, args]) {
  const startedMs = performance.now();
  const { code, output } = await run(args);
  const tookSec = ((performance.now() - startedMs) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${tookSec} s)\n${code === 0 ? '' : `${output.trimEnd()}\n`}`);
  if (code !== 0) failed += 1;
}
async function worker() {
  for (let next = queue.shift(); next; next = queue.shift()) await check(next);
}
await check(BUILD);
await Promise.all([worker(), worker()]);
process.exitCode = failed === 0 ? 0 : 1;
