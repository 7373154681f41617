import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';
import { isDiskFull } from '../console/failure-line.js';

/** Two files of this size a process: a week of normal logging, and small change on any disk. */
const MAX_BYTES = 8_000_000;
const TAIL_LINES = 12;

/**
 * The output of one process: appended to a file that is moved to `<path>.1` when full, and its last lines in memory for an error message.
 * Writes are synchronous: log lines are few, and they are all there when something ends. A full disk loses lines, never the process.
 */
export class LogFile {
  #fd: number;
  #bytes: number;
  #tail: string[] = [];
  #lostToFullDisk = false;

  constructor(
    readonly path: string,
    private readonly onDiskFull: () => void,
  ) {
    this.#fd = openSync(path, 'a', 0o600);
    this.#bytes = fstatSync(this.#fd).size;
  }

  write(chunk: Uint8Array): void {
    this.#remember(chunk);
    try {
      if (this.#bytes + chunk.length > MAX_BYTES) this.#rotate();
      writeSync(this.#fd, chunk);
      this.#bytes += chunk.length;
      this.#lostToFullDisk = false;
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      if (!this.#lostToFullDisk) this.onDiskFull();
      this.#lostToFullDisk = true;
    }
  }

  /** The last lines written, oldest first. */
  tail(): readonly string[] {
    return this.#tail.filter((line) => line !== '');
  }

  /** Forgets the tail: what comes next is of a new process. */
  clearTail(): void {
    this.#tail = [];
  }

  #remember(chunk: Uint8Array): void {
    const unfinished = this.#tail.pop() ?? '';
    this.#tail.push(...(unfinished + new TextDecoder().decode(chunk)).split('\n'));
    this.#tail = this.#tail.slice(-TAIL_LINES);
  }

  #rotate(): void {
    closeSync(this.#fd);
    renameSync(this.path, `${this.path}.1`);
    this.#fd = openSync(this.path, 'a', 0o600);
    this.#bytes = 0;
  }
}
