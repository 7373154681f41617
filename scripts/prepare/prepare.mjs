import { buildIfStale, isBuilt } from './build.mjs';
import { installIfNeeded, isInstalled } from './install.mjs';
import { withLock } from './preparation-lock.mjs';

/** Makes the clone runnable: packages as the lockfile says, output as the sources say. Quick when there is nothing to do. */
export async function prepare() {
  if (isInstalled() && isBuilt()) return;
  await withLock(async () => {
    await installIfNeeded();
    await buildIfStale();
  });
}

/** Packages only, for what runs on the sources. */
export async function preparePackages() {
  if (!isInstalled()) await withLock(installIfNeeded);
}
