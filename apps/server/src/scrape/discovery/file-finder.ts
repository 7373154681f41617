import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { TargetFinder } from './discovery.js';
import { filesMatching } from './files-matching.js';
import { FolderWatch } from './folder-watch.js';
import { readJsonGroups, readYamlGroups, withLabel } from './read-target-groups.js';
import type { TargetGroup } from './target-group.js';

const MAX_BYTES = 64 * 1_024 * 1_024;
const PATH_LABEL = '__meta_filepath';

/** `file_sd_configs`: a file that cannot be read keeps what it said last, one that is gone says nothing. */
export class FileFinder implements TargetFinder {
  private known = new Map<string, readonly TargetGroup[]>();
  private watching: FolderWatch | null = null;

  constructor(private readonly patterns: readonly string[]) {}

  watch(look: () => void): void {
    this.watching = new FolderWatch(look);
  }

  async find(): Promise<{ groups: readonly TargetGroup[]; problem: string | null }> {
    // Before reading: what changes while we read is heard of.
    this.watching?.renew(new Set(this.patterns.map(dirname)));
    const files = new Set((await Promise.all(this.patterns.map(filesMatching))).flat());
    const problems: string[] = [];
    const now = new Map<string, readonly TargetGroup[]>();
    for (const file of files) {
      now.set(file, await groupsOf(file).catch((error: unknown) => {
        problems.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
        return this.known.get(file) ?? [];
      }));
    }
    this.known = now;
    return { groups: [...now.values()].flat(), problem: problems.length === 0 ? null : problems.join('; ') };
  }

  close(): void {
    this.watching?.close();
    this.watching = null;
  }
}

async function groupsOf(file: string): Promise<readonly TargetGroup[]> {
  const text = await textOf(file);
  return withLabel(file.toLowerCase().endsWith('.json') ? readJsonGroups(text) : readYamlGroups(file, text), PATH_LABEL, file);
}

async function textOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const about = await handle.stat();
    if (!about.isFile()) throw new Error('is no file');
    if (about.size > MAX_BYTES) throw new Error(`is longer than ${MAX_BYTES} bytes`);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}
