// `npm run soak -- <name> [--times N] [--seed S]`: builds, then runs dist/test/soak/<name>.soak.js, whose last line is RESULT {json}.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const names = readdirSync(`${root}test/soak`)
  .filter((file) => file.endsWith('.soak.ts'))
  .map((file) => file.replace('.soak.ts', ''));
const [name, ...rest] = process.argv.slice(2);

function run(args, stdio) {
  return new Promise((resolve) => spawn(process.execPath, args, { cwd: root, stdio }).on('close', resolve));
}

if (!name || !names.includes(name)) {
  process.stderr.write(`usage: npm run soak -- <${names.join('|')}> [--times N] [--seed S]\n`);
  process.exit(1);
}
// The compiler's words go where they do not stand before the result.
if ((await run(['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], ['ignore', 2, 2])) !== 0) process.exit(1);
process.exitCode = (await run([`dist/test/soak/${name}.soak.js`, ...rest], 'inherit')) === 0 ? 0 : 1;
