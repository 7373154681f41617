import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../support/project-root.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faultline-npm-test-'));
  const projects = Object.entries({ unit: '*.spec.mjs', system: 'system/*.spec.mjs', leases: 'leases/*.spec.mjs' });
  const listed = projects.map(([name, include]) => `{ test: { name: '${name}', globals: true, include: ['${include}'] } }`);
  // Nothing is imported: a package could not be found from here.
  await writeFile(join(folder, 'vitest.config.mjs'), `export default { test: { globals: true, projects: [${listed.join(', ')}] } };`);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs `npm test` over the folder's tests instead of ours. */
function npmTest(): { code: number | null; last: string | undefined } {
  const environment = Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('VITEST')));
  const { status, stdout } = spawnSync(process.execPath, [join(PROJECT_ROOT, 'scripts/test.mjs'), '--root', folder], { cwd: PROJECT_ROOT, encoding: 'utf8', env: environment });
  return { code: status, last: stdout.trimEnd().split('\n').at(-1) };
}

describe('npm test', () => {
  it('counts what passed, failed and was skipped', async () => {
    await writeFile(join(folder, 'some.spec.mjs'), "it('passes', () => {}); it('passes too', () => {}); it('fails', () => { throw new Error('as planned'); }); it.skip('is skipped', () => {}); it.todo('is planned');");
    expect(npmTest()).toEqual({ code: 1, last: 'tests: 2 passed, 1 failed, 2 skipped' });
  });

  it('succeeds when all pass', async () => {
    await writeFile(join(folder, 'some.spec.mjs'), "it('passes', () => {});");
    expect(npmTest()).toEqual({ code: 0, last: 'tests: 1 passed, 0 failed, 0 skipped' });
  });

  it('counts those of all projects', async () => {
    await mkdir(join(folder, 'leases'));
    await writeFile(join(folder, 'some.spec.mjs'), "it('passes', () => {});");
    await writeFile(join(folder, 'leases/other.spec.mjs'), "it('passes', () => {}); it('fails', () => { throw new Error('as planned'); });");
    expect(npmTest()).toEqual({ code: 1, last: 'tests: 2 passed, 1 failed, 0 skipped' });
  });

  it('counts a file that cannot be loaded as a failure', async () => {
    await writeFile(join(folder, 'some.spec.mjs'), "it('passes', () => {});");
    await writeFile(join(folder, 'broken.spec.mjs'), "import './missing.mjs'; it('never runs', () => {});");
    expect(npmTest()).toEqual({ code: 1, last: 'tests: 1 passed, 1 failed, 0 skipped' });
  });

  it('fails when nothing ran', () => {
    expect(npmTest()).toEqual({ code: 1, last: 'tests: 0 passed, 0 failed, 0 skipped' });
  });

  it('fails when an error outside of any test would go unseen', async () => {
    await writeFile(join(folder, 'some.spec.mjs'), "it('passes', () => { setTimeout(() => { throw new Error('late'); }, 0); return new Promise((resolve) => setTimeout(resolve, 50)); });");
    expect(npmTest().code).toBe(1);
  });
});
