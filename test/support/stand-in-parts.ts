import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT_ROOT } from './project-root.js';

/** Ends as every part of Faultline does: on SIGTERM, and when the channel to its parent closes. */
const ENDS_WITH_PARENT = `
const bye = () => process.exit(0);
process.on('disconnect', bye);
process.on('SIGTERM', process.env.STAND_IN_IGNORES_SIGTERM === NAME ? () => {} : bye);
setInterval(() => {}, 1000);
if (process.env.STAND_IN_DIES === NAME) { console.error('the last words of ' + NAME); process.exit(3); }
`;

const SERVER = `
import http from 'node:http';
const NAME = 'server';
${ENDS_WITH_PARENT}
const port = Number(process.env.FAULTLINE_PORT);
const origin = 'http://localhost:' + port;
http.createServer((_, response) => response.end('stand-in')).listen(port, '127.0.0.1', () => {
  process.send({ type: 'ready', server: { origin, signInUrl: origin + '/#sign-in=secret', enrolToken: 'token' } });
});
`;

const AGENT = `
const NAME = 'agent';
${ENDS_WITH_PARENT}
process.send({ type: 'ready' });
`;

/** With a child of its own that outlives its parent unless somebody ends it. */
const DEMO = `
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
const NAME = 'demo';
if (process.argv[2] === 'plan') {
  writeFileSync(process.argv[process.argv.indexOf('--out') + 1], '{}');
  process.exit(0);
}
${ENDS_WITH_PARENT}
const service = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', import.meta.url], { stdio: 'ignore' });
process.on('exit', () => service.kill('SIGKILL'));
process.send({ type: 'progress', message: '1 of 1 services' });
process.send({ type: 'ready' });
`;

/** `faultline up` with stand-ins; the first argument is the free space it asks for, in bytes. */
const RUNNER = `
const at = (path) => new URL(path, import.meta.url).pathname;
const cli = (path) => import(CLI + path);
const { supervise } = await cli('supervisor/supervise.js');
const { parseUpOptions } = await cli('config/up-options.js');
const { parseUpConfig } = await cli('config/up-config.js');
const { createConsole } = await cli('console/progress-console.js');
const { failureLine } = await cli('console/failure-line.js');
const [minFreeBytes, ...argv] = process.argv.slice(2);
const config = { ...parseUpConfig({ ...parseUpOptions(argv), directory: process.cwd() }, process.env), minFreeBytes: Number(minFreeBytes) };
const parts = { server: at('server.mjs'), agent: at('agent.mjs'), demo: at('demo.mjs'), webDir: at('.'), directory: at('.') };
try {
  process.exit(await supervise({ config, parts, console: createConsole(process.stdout) }));
} catch (error) {
  console.error('faultline: ' + failureLine(error));
  process.exit(1);
}
`;

/** Writes small programs that speak the channel of the real parts; resolves with the file that runs `faultline up` over them. */
export async function writeStandIns(folder: string): Promise<string> {
  await mkdir(folder);
  const cli = JSON.stringify(pathToFileURL(join(PROJECT_ROOT, 'dist/apps/cli/src/')).href);
  const files = { 'server.mjs': SERVER, 'agent.mjs': AGENT, 'demo.mjs': DEMO, 'up.mjs': `const CLI = ${cli};\n${RUNNER}` };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return join(folder, 'up.mjs');
}
