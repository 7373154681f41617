/**
 * `npm start`: everything a fresh clone needs, then `faultline up` with the options given after `--`.
 * Runs before anything is installed, so it and scripts/prepare/ stand on Node alone; and it must parse on the old Node that it refuses,
 * so the rest is imported only after the version is known.
 */
import { requireNode } from './prepare/node-version.mjs';

async function start() {
  const { prepare } = await import('./prepare/prepare.mjs');
  await prepare();
  // In this process: one process and one signal hop fewer than a child, and npm's SIGTERM arrives where the shutdown is.
  process.argv.splice(2, 0, 'up');
  await import('../dist/apps/cli/src/main.js');
}

if (requireNode()) {
  start().catch((error) => {
    console.error(`faultline: ${error.message}`);
    process.exit(1);
  });
}
