import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NODE_MODULES, ROOT } from './places.mjs';
import { runTool } from './run-tool.mjs';

const LOCKFILE = `${ROOT}package-lock.json`;
/** For which machine and from which lockfile the packages are: a clone copied to another kind of machine needs other binaries. */
const STAMP = `${NODE_MODULES}.faultline-lock`;

export function isInstalled() {
  const wanted = stamp();
  if (read(STAMP) === wanted) return true;
  if (!matchesLockfile()) return false;
  writeFileSync(STAMP, wanted);
  return true;
}

export async function installIfNeeded() {
  if (isInstalled()) return;
  const first = read(STAMP) === null;
  // Building needs the development packages, also where NODE_ENV says production.
  const args = [npmProgram(), 'ci', '--no-audit', '--no-fund', '--include=dev'];
  await runTool(first ? 'installing packages (first start only)' : 'installing packages (the lockfile changed)', args);
  writeFileSync(STAMP, stamp());
}

const platform = `${process.platform}-${process.arch}`;

function stamp() {
  return `${platform} ${createHash('sha256').update(readFileSync(LOCKFILE)).digest('hex')}\n`;
}

/** Packages that somebody installed by hand carry no stamp, or an old one, but npm's own record of them; it is compared entry by entry. */
function matchesLockfile() {
  const record = read(`${NODE_MODULES}.package-lock.json`);
  if (record === null || !(read(STAMP) ?? platform).startsWith(platform)) return false;
  const installed = JSON.parse(record).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(LOCKFILE, 'utf8')).packages).filter(([path]) => path !== '');
  return wanted.every(([path, entry]) => isSame(entry, installed[path]));
}

/** An optional package may be missing: most of them are for other machines. */
function isSame(wanted, installed) {
  if (installed === undefined) return wanted.optional === true;
  return wanted.version === installed.version && wanted.integrity === installed.integrity;
}

/** The npm that runs us, else the one that came with this Node: started by node itself, so that no shell and no .cmd is between. */
function npmProgram() {
  const beside = dirname(process.execPath);
  const candidates = [process.env.npm_execpath, join(beside, '../lib/node_modules/npm/bin/npm-cli.js'), join(beside, 'node_modules/npm/bin/npm-cli.js')];
  const found = candidates.find((path) => path?.endsWith('npm-cli.js') && existsSync(path));
  if (found === undefined) throw new Error('npm was not found beside Node. Run `npm ci` in the clone once, then start again.');
  return found;
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  }
}
