import { LineReader } from './line-reader.js';
import { MAX_VALUE_BYTES } from './protocol.js';
import type { Reply } from './protocol.js';

const WORDS: ReadonlyMap<string, Reply> = new Map(
  (['stored', 'deleted', 'none', 'pong'] as const).map((kind): [string, Reply] => [kind.toUpperCase(), { kind }]),
);
const COUNT = /^\d{1,8}$/;

/** The client's half of the protocol. `broken` means that this is not the cache, or no longer in step with it. */
export class ReplyParser {
  readonly #reader = new LineReader();
  #valueBytes: number | null = null;

  feed(bytes: Uint8Array): Reply[] | 'broken' {
    this.#reader.append(bytes);
    const replies: Reply[] = [];
    for (let next = this.#next(); next !== null; next = this.#next()) {
      if (next === 'broken') return 'broken';
      replies.push(next);
    }
    return replies;
  }

  #next(): Reply | 'broken' | null {
    if (this.#valueBytes !== null) return this.#finishValue(this.#valueBytes);
    const line = this.#reader.readLine();
    if (line === null) return null;
    const word = WORDS.get(line);
    if (word !== undefined) return word;
    const [verb = '', rest = ''] = splitOnce(line);
    if (verb === 'ERROR') return { kind: 'error', problem: rest };
    if (!COUNT.test(rest)) return 'broken';
    if (verb === 'SECONDS') return { kind: 'seconds', seconds: Number(rest) };
    if (verb !== 'VALUE' || Number(rest) > MAX_VALUE_BYTES) return 'broken';
    this.#valueBytes = Number(rest);
    return this.#finishValue(this.#valueBytes);
  }

  #finishValue(byteCount: number): Reply | 'broken' | null {
    const value = this.#reader.readPayload(byteCount);
    if (value === null || value === 'broken') return value;
    this.#valueBytes = null;
    return { kind: 'value', value };
  }
}

function splitOnce(line: string): [string, string] {
  const space = line.indexOf(' ');
  return space < 0 ? [line, ''] : [line.slice(0, space), line.slice(space + 1)];
}
