import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { ROOT } from './places.mjs';

/** Files that no build reads: a change in a test must not cost a rebuild. */
const NOT_BUILT = /\.spec\.tsx?$|\.md$/;

/** All files under a path of the clone, or the path itself when it is a file, in a stable order; none when it does not exist. */
export function filesUnder(path) {
  const stat = statSync(ROOT + path, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (stat.isFile()) return [path];
  return readdirSync(ROOT + path)
    .sort()
    .flatMap((name) => filesUnder(`${path}/${name}`));
}

/** Changes when the name or content of a source changes. Content, not times: a checkout or a copy touches every file. */
export function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(filesUnder)) {
    if (NOT_BUILT.test(file)) continue;
    hash.update(`${file}\0`).update(readFileSync(ROOT + file)).update('\0');
  }
  return hash.digest('hex');
}
