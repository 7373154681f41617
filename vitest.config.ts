import { defineConfig } from 'vitest/config';

// Most of their time goes by with waiting, for leases to run out or for traffic to be counted, so they run beside the others.
const LEASES = ['test/conformance/drivers/**/*.spec.ts', 'test/e2e/{soak-*,kill,story}.spec.ts'];
// Real processes on real ports: one file at a time, and room for a slow machine. No test asserts on time.
const SYSTEM = { fileParallelism: false, testTimeout: 120_000, hookTimeout: 180_000 };

/** Unit tests: beside the code, no network, disk, database or real time. What needs those is under `test/` and runs in the other projects. */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['libs/**/*.spec.ts', 'apps/**/*.spec.ts', 'apps/**/*.spec.tsx'] } },
      { extends: true, test: { name: 'system', include: ['test/**/*.spec.ts'], exclude: LEASES, ...SYSTEM } },
      { extends: true, test: { name: 'leases', include: LEASES, ...SYSTEM } },
    ],
  },
});
