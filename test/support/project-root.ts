import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone, whether this runs from its source (tests) or compiled under dist (benchmarks). */
export const PROJECT_ROOT = above(dirname(fileURLToPath(import.meta.url)));

function above(directory: string): string {
  if (existsSync(join(directory, 'package.json'))) return directory;
  if (dirname(directory) === directory) throw new Error('No package.json above test/support');
  return above(dirname(directory));
}
