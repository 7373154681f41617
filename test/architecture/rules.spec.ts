import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One planted violation for every dependency rule: the file that breaks it and what it says. */
const PLANTED: Readonly<Record<string, { readonly file: string; readonly text: string }>> = {
  'no-cycles': { file: 'apps/agent/src/cycle-a.ts', text: "import type { B } from './cycle-b.js';\nexport interface A { readonly b: B }" },
  resolvable: { file: 'apps/agent/src/unresolved.ts', text: "import './not-there.js';" },
  'lib-contracts': { file: 'libs/contracts/src/upward.ts', text: "import type {} from '#traffic';" },
  'lib-traffic': { file: 'libs/traffic/src/sideways.ts', text: "import type {} from '#faults';" },
  'lib-faults': { file: 'libs/faults/src/sideways.ts', text: "import type {} from '#analysis';" },
  'lib-analysis': { file: 'libs/analysis/src/sideways.ts', text: "import type {} from '#traffic';" },
  'lib-metrics': { file: 'libs/metrics/src/sideways.ts', text: "import type {} from '#traffic';" },
  'lib-promql': { file: 'libs/promql/src/sideways.ts', text: "import type {} from '#traffic';" },
  'libs-no-node': { file: 'libs/traffic/src/node.ts', text: "import 'node:fs';" },
  'libs-npm-zod-only': { file: 'libs/traffic/src/npm.ts', text: "import 'ws';" },
  'metric-libs-npm': { file: 'libs/promql/src/npm.ts', text: "import 'ws';" },
  'libs-not-apps': { file: 'libs/faults/src/app.ts', text: "import '../../../apps/agent/src/target.js';" },
  'apps-not-apps': { file: 'apps/cli/src/sideways.ts', text: "import '../../agent/src/target.js';" },
  'front-door': { file: 'apps/agent/src/back-door.ts', text: "import '../../../libs/traffic/src/inner.js';" },
  'edge-not-store': { file: 'apps/server/src/query/edge.controller.ts', text: "import '../storage/edge.store.js';" },
  'store-is-floor': { file: 'apps/server/src/storage/upward.store.ts', text: "import '../live/target.js';" },
  'sql-in-storage': { file: 'apps/server/src/query/sql.ts', text: "import 'pg';" },
  'in-does-not-know-out': { file: 'apps/server/src/agents/outward.ts', text: "import '../live/target.js';" },
  'nest-in-server': { file: 'apps/agent/src/nest.ts', text: "import '@nestjs/common';" },
  'socket-in-stream': { file: 'apps/web/src/panels/socket.ts', text: "import 'socket.io-client';" },
  'scene-no-react': { file: 'apps/web/src/scene/react.ts', text: "import 'react';" },
  'panels-no-three': { file: 'apps/web/src/panels/three.ts', text: "import 'three';" },
  'model-is-pure': { file: 'apps/web/src/model/react.ts', text: "import 'react';" },
};

/** What the violations point at; legal by themselves. */
const LEGAL: Readonly<Record<string, string>> = {
  'apps/agent/src/cycle-b.ts': "import type { A } from './cycle-a.js';\nexport interface B { readonly a: A }",
  'apps/agent/src/target.ts': 'export {};',
  'apps/server/src/live/target.ts': 'export {};',
  'apps/server/src/storage/edge.store.ts': 'export {};',
  'libs/contracts/src/index.ts': 'export {};',
  'libs/traffic/src/index.ts': "import '#contracts';\nimport './inner.js';",
  'libs/traffic/src/inner.ts': "import 'zod';",
  'libs/faults/src/index.ts': "import '#contracts';",
  'libs/analysis/src/index.ts': "import '#contracts';",
  'libs/metrics/src/index.ts': "import '#contracts';\nimport 're2js';",
  'libs/promql/src/index.ts': "import '#metrics';",
  'apps/server/src/storage/pool.ts': "import 'pg';\nimport '#traffic';",
};

interface Cruise {
  readonly summary: { readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[] };
}

async function cruise(directory: string): Promise<Cruise> {
  const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [bin, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'apps', 'libs'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: directory, maxBuffer: 64 << 20 });
  return JSON.parse(stdout) as Cruise;
}

async function plant(directory: string, files: Iterable<readonly [string, string]>): Promise<void> {
  for (const [file, text] of files) {
    await mkdir(dirname(join(directory, file)), { recursive: true });
    await writeFile(join(directory, file), `${text}\n`);
  }
}

describe('dependency rules', () => {
  let directory: string;
  let violations: Cruise['summary']['violations'];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'rules-'));
    for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.mjs']) await cp(join(root, file), join(directory, file));
    await symlink(join(root, 'node_modules'), join(directory, 'node_modules'));
    await plant(directory, Object.entries(LEGAL));
    await plant(directory, Object.values(PLANTED).map(({ file, text }) => [file, text] as const));
    ({ violations } = (await cruise(directory)).summary);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('has a planted violation for every rule', async () => {
    const { default: config } = (await import(join(root, '.dependency-cruiser.mjs'))) as { default: { forbidden: readonly { name: string }[] } };
    expect(Object.keys(PLANTED).sort()).toEqual(config.forbidden.map((rule) => rule.name).sort());
  });

  it.each(Object.entries(PLANTED))('%s catches its planted violation', (name, { file }) => {
    expect(violations.filter((violation) => violation.from === file).map((violation) => violation.rule.name)).toContain(name);
  });

  it('leaves the legal files alone', () => {
    const legal = Object.keys(LEGAL).filter((file) => !file.includes('cycle'));
    expect(violations.filter((violation) => legal.includes(violation.from))).toEqual([]);
  });
});

describe('lint rules of the libs', () => {
  const IMPURE: readonly (readonly [string, string])[] = [
    ['Date.now', 'export const a = Date.now();'],
    ['new Date without an argument', 'export const a = new Date();'],
    ['Math.random', 'export const a = Math.random();'],
    ['timers', 'setTimeout(() => undefined, 1);'],
    ['process', 'export const a = process.pid;'],
    ['Buffer', 'export const a = Buffer.alloc(1);'],
    ['fetch', "export const a = fetch('x');"],
    ['console', "console.log('x');"],
    ['export star', "export * from './errors.js';"],
    ['default export', 'export default 1;'],
    ['any', 'export const a: any = 1;'],
  ];

  it.each(IMPURE)('refuse %s', async (_name, text) => {
    const eslint = new ESLint({ cwd: root });
    // The text stands in for a file that exists, so that the typed rules have a program to ask.
    const [result] = await eslint.lintText(`${text}\n`, { filePath: join(root, 'libs/contracts/src/errors.ts') });
    expect(result?.errorCount).toBeGreaterThan(0);
  });
});
