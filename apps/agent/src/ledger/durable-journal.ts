import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { replaceFile } from './durable-file.js';

// Twenty thousand changes or so: rewriting that much takes milliseconds, and reading it at a start too.
const REWRITE_AFTER_BYTES = 4 * 1024 * 1024;

/**
 * A file to which lines are added such that they are there after a crash. Lines that come while the disk is busy wait together and go out in one
 * write, so a thousand at once cost a handful of syncs:
 *
 *     line line line  ->  [ write + sync ]  ->  line line line line  ->  [ write + sync ]
 *
 * `wholeText` says what the file has to hold now, waiting lines included. It is written in place of the lines at first, when the file has become long,
 * and after a write that failed, because nobody knows how much of that one is there.
 */
export class DurableJournal {
  private waiting: string[] = [];
  private nextWrite: Promise<void> | null = null;
  private lastWrite: Promise<void> = Promise.resolve();
  private file: FileHandle | null = null;
  private addedBytes = 0;

  constructor(
    private readonly path: string,
    private readonly wholeText: () => string,
  ) {}

  /** Resolves when the line is on disk; rejects with Node's error when that cannot be had. */
  add(line: string): Promise<void> {
    this.waiting.push(line);
    if (this.nextWrite === null) {
      // A failed write is reported to its own callers; it must not keep the next from being tried.
      this.nextWrite = this.lastWrite.catch(() => undefined).then(() => this.write());
      this.lastWrite = this.nextWrite;
    }
    return this.nextWrite;
  }

  /** Resolves when everything that the file has to hold is on disk. */
  settle(): Promise<void> {
    return this.add('');
  }

  /** Lets go of the file once everything is written. */
  async close(): Promise<void> {
    await this.lastWrite.catch(() => undefined);
    await this.dropFile();
  }

  private async write(): Promise<void> {
    const text = this.waiting.join('');
    this.waiting = [];
    this.nextWrite = null;
    if (this.addedBytes > REWRITE_AFTER_BYTES) await this.dropFile();
    if (this.file === null) return this.rewrite();
    try {
      await this.file.appendFile(text);
      await this.file.datasync();
      this.addedBytes += text.length;
    } catch (error) {
      await this.dropFile();
      throw error;
    }
  }

  private async rewrite(): Promise<void> {
    await replaceFile(this.path, this.wholeText());
    this.file = await open(this.path, 'a', 0o600);
    this.addedBytes = 0;
  }

  private async dropFile(): Promise<void> {
    const { file } = this;
    this.file = null;
    // Everything that counts was synced or reported as failed; a failing close changes neither.
    await file?.close().catch(() => undefined);
  }
}
