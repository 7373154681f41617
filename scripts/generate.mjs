// Writes the reference pages that follow from code; with --check it compares instead and fails on a stale or left-over page. Needs a build.
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FAULT_KINDS } from '../dist/libs/contracts/src/index.js';
import { accessPage } from './generate/access-page.mjs';
import { errorsPage } from './generate/errors-page.mjs';
import { faultPage } from './generate/fault-page.mjs';
import { faultsIndex } from './generate/faults-index.mjs';
import { toxicsPage } from './generate/toxics-page.mjs';

const FAULTS_FOLDER = 'docs/reference/faults';
const PAGES = {
  'docs/reference/errors.md': errorsPage,
  'docs/reference/access.md': accessPage,
  [`${FAULTS_FOLDER}/README.md`]: faultsIndex,
  [`${FAULTS_FOLDER}/toxics.md`]: toxicsPage,
  ...Object.fromEntries(FAULT_KINDS.map((kind) => [`${FAULTS_FOLDER}/${kind}.md`, () => faultPage(kind)])),
};

const check = process.argv.includes('--check');
const root = fileURLToPath(new URL('..', import.meta.url));
const pageProblem = (problem) => {
  process.stdout.write(`${problem}: run \`npm run generate\`.\n`);
  process.exitCode = 1;
};

for (const [page, render] of Object.entries(PAGES)) {
  const file = `${root}${page}`;
  const text = render();
  if (!check) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    pageProblem(`${page} is stale`);
  }
}

// Everything in this folder is generated, so what no kind has asked for is left over from one that is gone.
for (const name of await readdir(`${root}${FAULTS_FOLDER}`).catch(() => [])) {
  const page = `${FAULTS_FOLDER}/${name}`;
  if (Object.hasOwn(PAGES, page)) continue;
  if (check) pageProblem(`${page} is left over`);
  else await rm(`${root}${page}`);
}
