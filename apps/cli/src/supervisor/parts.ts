import { fileURLToPath } from 'node:url';

/** The programs that make up Faultline, as files that Node runs. */
export interface Parts {
  readonly server: string;
  readonly agent: string;
  readonly demo: string;
  readonly webDir: string;
  /** Where the parts run. */
  readonly directory: string;
}

// From dist/apps/cli/src/supervisor/ to the clone: five levels up.
const inClone = (path: string): string => fileURLToPath(new URL(`../../../../../${path}`, import.meta.url));

export const PARTS: Parts = Object.freeze({
  server: inClone('dist/apps/server/src/main.js'),
  agent: inClone('dist/apps/agent/src/main.js'),
  demo: inClone('dist/apps/demo/src/main.js'),
  webDir: inClone('dist/web'),
  directory: inClone(''),
});
