import { defineConfig } from 'vitest/config';

/** Unit tests: beside the code, no network, disk, database or real time. What needs those is under `test/` and runs in the other projects. */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['libs/**/*.spec.ts', 'apps/**/*.spec.ts', 'apps/**/*.spec.tsx'] } },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['test/**/*.spec.ts'],
          // Real processes on real ports: one file at a time, and room for a slow machine. No test asserts on time.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
