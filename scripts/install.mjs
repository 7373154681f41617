/** Installs what the lockfile says, if it is not installed: for scripts that need packages but no build. */
import { requireNode } from './prepare/node-version.mjs';

if (requireNode()) {
  const { preparePackages } = await import('./prepare/prepare.mjs');
  await preparePackages().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
