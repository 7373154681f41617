import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';

/** Hears of changes in folders. A folder that is missing, or made anew, is only heard of again after the next `renew`. */
export class FolderWatch {
  private watchers: FSWatcher[] = [];

  constructor(private readonly changed: () => void) {}

  renew(folders: Iterable<string>): void {
    this.close();
    for (const folder of folders) this.add(folder);
  }

  close(): void {
    for (const watcher of this.watchers) watcher.close();
    this.watchers = [];
  }

  private add(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, () => this.changed());
      watcher.on('error', () => watcher.close());
      this.watchers.push(watcher);
    } catch {
      // What cannot be watched is still looked at from time to time.
    }
  }
}
