import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DIST, NODE_MODULES, ROOT } from './places.mjs';
import { runTool } from './run-tool.mjs';
import { filesUnder, fingerprint } from './source-files.mjs';

const EVERY_BUILD = ['package.json', 'package-lock.json', 'tsconfig.json', 'libs'];

/** The two halves of the output: what each is made from, and how. */
const BUILDS = [
  {
    name: 'server side',
    stamp: `${DIST}.built-node`,
    sources: [...EVERY_BUILD, 'tsconfig.build.json', 'apps/server', 'apps/agent', 'apps/cli', 'apps/demo', 'migrations', 'test/support', 'bench'],
    args: [`${NODE_MODULES}typescript/bin/tsc`, '-p', 'tsconfig.build.json'],
    before: forgetIncrementalState,
    after: removeOrphans,
  },
  {
    name: 'web side',
    stamp: `${DIST}.built-web`,
    sources: [...EVERY_BUILD, 'apps/web'],
    args: [`${NODE_MODULES}vite/bin/vite.js`, 'build', '--config', 'apps/web/vite.config.ts'],
  },
];

export function isBuilt() {
  return BUILDS.every(isFresh);
}

/** Both at once, each on a core of its own; the first failure is told when both have ended. */
export async function buildIfStale() {
  const ended = await Promise.allSettled(BUILDS.filter((build) => !isFresh(build)).map(run));
  const failure = ended.find(({ status }) => status === 'rejected');
  if (failure !== undefined) throw failure.reason;
}

async function run(build) {
  // Taken before the build: a source edited while it runs makes it stale again.
  const made = fingerprint(build.sources);
  build.before?.(build);
  rmSync(build.stamp, { force: true });
  await runTool(`building: ${build.name}`, build.args);
  build.after?.();
  mkdirSync(DIST, { recursive: true });
  writeFileSync(build.stamp, made);
}

function isFresh({ stamp, sources }) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(sources);
}

/** Without a stamp nobody vouches for the output, and the compiler's own state would skip files that are missing from it. */
function forgetIncrementalState({ stamp }) {
  if (!existsSync(stamp)) rmSync(`${DIST}build.tsbuildinfo`, { force: true });
}

/** The compiler never deletes: output of a deleted source would live on, and a deleted migration would still run. */
function removeOrphans() {
  for (const folder of ['apps', 'libs', 'migrations', 'test', 'bench']) {
    for (const file of filesUnder(`dist/${folder}`)) {
      const source = file.slice('dist/'.length).replace(/\.js(\.map)?$/, '');
      if (file.endsWith('.js') && !existsSync(`${ROOT}${source}.ts`) && !existsSync(`${ROOT}${source}.tsx`)) {
        rmSync(`${ROOT}${file}`);
        rmSync(`${ROOT}${file}.map`, { force: true });
      }
    }
  }
}
