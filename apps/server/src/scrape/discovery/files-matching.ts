import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Absolute paths, in order, of the files that `pattern` names: a path whose last part may hold `*`, which stands for any characters. None where the folder is missing. */
export async function filesMatching(pattern: string): Promise<string[]> {
  const parts = basename(pattern).split('*');
  const folder = dirname(pattern);
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => matches(name, parts)).sort().map((name) => join(folder, name));
}

/** Takes each part at the first place where it fits, so the time is linear: what is left for the last one is only more. */
function matches(name: string, parts: readonly string[]): boolean {
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return name === first;
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  const end = name.length - last.length;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
