// `npm run conformance -- <suite> [args]`: builds, then runs dist/test/conformance/<suite>/run.js, whose last line is RESULT {json}.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const suites = readdirSync(`${root}test/conformance`).filter((suite) => existsSync(`${root}test/conformance/${suite}/run.ts`));
const [suite, ...rest] = process.argv.slice(2);

function run(args, stdio) {
  return new Promise((resolve) => spawn(process.execPath, args, { cwd: root, stdio }).on('close', resolve));
}

if (!suite || !suites.includes(suite)) {
  process.stderr.write(`usage: npm run conformance -- <${suites.join('|')}> [args]\n`);
  process.exit(1);
}
// The compiler's words go where they do not stand before the result.
if ((await run(['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], ['ignore', 2, 2])) !== 0) process.exit(1);
process.exitCode = (await run([`dist/test/conformance/${suite}/run.js`, ...rest], 'inherit')) === 0 ? 0 : 1;
