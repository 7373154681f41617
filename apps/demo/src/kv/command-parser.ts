import { LineReader } from './line-reader.js';
import { MAX_LINE_BYTES, MAX_VALUE_BYTES } from './protocol.js';
import type { Command } from './protocol.js';

export type ParsedCommand =
  | { readonly ok: true; readonly command: Command }
  /** `fatal`: where the next command begins is no longer known, so the connection has to end. */
  | { readonly ok: false; readonly problem: string; readonly fatal: boolean };

type SetLine = Omit<Extract<Command, { kind: 'set' }>, 'value'> & { readonly byteCount: number };

const KEY = /^[\x21-\x7e]{1,128}$/;
const COUNT = /^\d{1,8}$/;
const MAX_TTL_SEC = 86_400;

/** Bytes in, commands out: incremental, so a command may arrive in any pieces or together with others. */
export class CommandParser {
  readonly #reader = new LineReader();
  #setLine: SetLine | null = null;
  #dead = false;

  feed(bytes: Uint8Array): ParsedCommand[] {
    if (this.#dead) return [];
    this.#reader.append(bytes);
    const parsed: ParsedCommand[] = [];
    for (let next = this.#next(); next !== null; next = this.#dead ? null : this.#next()) {
      parsed.push(next);
      this.#dead = !next.ok && next.fatal;
    }
    return parsed;
  }

  #next(): ParsedCommand | null {
    if (this.#setLine !== null) return this.#finishSet(this.#setLine);
    const line = this.#reader.readLine();
    if (line === null) return this.#reader.pendingBytes > MAX_LINE_BYTES ? fatal('line too long') : null;
    if (line.length > MAX_LINE_BYTES) return fatal('line too long');
    const [verb = '', ...words] = line.split(' ');
    return verb.toUpperCase() === 'SET' ? this.#beginSet(words) : parseShort(verb.toUpperCase(), words);
  }

  #beginSet(words: readonly string[]): ParsedCommand | null {
    const [key = '', ttl = '', count = ''] = words;
    // Without a count that can be trusted, the bytes that follow cannot be told from commands.
    if (words.length !== 3 || !COUNT.test(count)) return fatal('SET needs <key> <ttlSec> <bytes>');
    if (Number(count) > MAX_VALUE_BYTES) return fatal(`a value may have ${MAX_VALUE_BYTES} bytes`);
    this.#setLine = { kind: 'set', key, ttlSec: COUNT.test(ttl) ? Number(ttl) : 0, byteCount: Number(count) };
    return this.#finishSet(this.#setLine);
  }

  #finishSet({ byteCount, ...set }: SetLine): ParsedCommand | null {
    const value = this.#reader.readPayload(byteCount);
    if (value === null) return null;
    if (value === 'broken') return fatal('the value is longer than its count');
    this.#setLine = null;
    if (!KEY.test(set.key)) return refused('bad key');
    if (set.ttlSec < 1 || set.ttlSec > MAX_TTL_SEC) return refused(`ttlSec must be 1 to ${MAX_TTL_SEC}`);
    return { ok: true, command: { ...set, value } };
  }
}

function parseShort(verb: string, words: readonly string[]): ParsedCommand {
  const [key = ''] = words;
  if (verb === 'PING') return words.length === 0 ? { ok: true, command: { kind: 'ping' } } : refused('PING stands alone');
  if (verb !== 'GET' && verb !== 'TTL' && verb !== 'DEL') return refused('unknown command');
  if (words.length !== 1 || !KEY.test(key)) return refused(`${verb} needs <key>`);
  const kinds = { GET: 'get', TTL: 'ttl', DEL: 'del' } as const;
  return { ok: true, command: { kind: kinds[verb], key } };
}

function refused(problem: string): ParsedCommand {
  return { ok: false, problem, fatal: false };
}

function fatal(problem: string): ParsedCommand {
  return { ok: false, problem, fatal: true };
}
