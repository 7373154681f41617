// `npm run bench -- <name> [--json]`: builds, then runs dist/bench/<name>.bench.js. With --json only the RESULT line is printed.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const names = readdirSync(`${root}bench`)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''));
const [name, ...rest] = process.argv.slice(2);

function run(args, onOutput) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.on('data', onOutput);
    child.on('close', resolve);
  });
}

if (!name || !names.includes(name)) {
  process.stderr.write(`usage: npm run bench -- <${names.join('|')}> [--json]\n`);
  process.exit(1);
}
if ((await run(['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], (bytes) => process.stderr.write(bytes))) !== 0) process.exit(1);
let output = '';
const code = await run([`dist/bench/${name}.bench.js`, ...rest.filter((arg) => arg !== '--json')], (bytes) => {
  output += bytes;
  if (!rest.includes('--json')) process.stdout.write(bytes);
});
if (rest.includes('--json')) process.stdout.write(output.split('\n').filter((line) => line.startsWith('RESULT ')).join('\n') + '\n');
process.exitCode = code === 0 ? 0 : 1;
