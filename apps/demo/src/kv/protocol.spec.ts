import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CommandParser } from './command-parser.js';
import type { ParsedCommand } from './command-parser.js';
import { MAX_VALUE_BYTES, encodeCommand, encodeReply } from './protocol.js';
import type { Command, Reply } from './protocol.js';
import { ReplyParser } from './reply-parser.js';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const key = fc.string({ unit: fc.constantFrom(...'abcXYZ019:._-'), minLength: 1, maxLength: 128 });
const value = fc.uint8Array({ maxLength: 300 });
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constantFrom('get' as const, 'ttl' as const, 'del' as const), key }),
  fc.record({ kind: fc.constant('set' as const), key, ttlSec: fc.integer({ min: 1, max: 86_400 }), value }),
  fc.constant({ kind: 'ping' as const }),
);
const reply: fc.Arbitrary<Reply> = fc.oneof(
  fc.record({ kind: fc.constant('value' as const), value }),
  fc.record({ kind: fc.constant('seconds' as const), seconds: fc.nat({ max: 86_400 }) }),
  fc.record({ kind: fc.constantFrom('stored' as const, 'deleted' as const, 'none' as const, 'pong' as const) }),
  fc.record({ kind: fc.constant('error' as const), problem: fc.constantFrom('bad key', 'unknown command') }),
);

/** Cuts `whole` at the given places, as a network might. */
function pieces(whole: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [...cuts.map((cut) => cut % (whole.length + 1)), 0, whole.length].sort((a, b) => a - b);
  return at.slice(1).map((end, i) => whole.subarray(at[i], end));
}

/** A Buffer and a Uint8Array of the same bytes are the same here. */
const plain = (entries: readonly (Command | Reply | string)[]) => entries.map((entry) => (typeof entry === 'object' && 'value' in entry ? { ...entry, value: [...entry.value] } : entry));
const commandsOf = (parsed: readonly ParsedCommand[]) => parsed.map((entry) => (entry.ok ? entry.command : entry.problem));

describe('CommandParser', () => {
  it('reads pipelined commands however they are cut', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 12 }), (commands, cuts) => {
        const parser = new CommandParser();
        const parsed = pieces(Buffer.concat(commands.map(encodeCommand)), cuts).flatMap((piece) => parser.feed(piece));
        expect(plain(commandsOf(parsed))).toEqual(plain(commands));
      }),
    );
  });

  it('takes lowercase verbs and bare line feeds, as typed by a person', () => {
    expect(commandsOf(new CommandParser().feed(bytes('get a\nPING\n')))).toEqual([{ kind: 'get', key: 'a' }, { kind: 'ping' }]);
  });

  it('refuses a wrong command and goes on with the next', () => {
    expect(commandsOf(new CommandParser().feed(bytes('FLY\r\nGET\r\nGET a b\r\nPING now\r\nPING\r\n')))).toEqual([
      'unknown command',
      'GET needs <key>',
      'GET needs <key>',
      'PING stands alone',
      { kind: 'ping' },
    ]);
  });

  it('refuses a bad key or ttl but stays in step with the bytes of the value', () => {
    const parsed = new CommandParser().feed(bytes('SET b\u00e4d 60 2\r\nhi\r\nSET a 0 2\r\nhi\r\nPING\r\n'));
    expect(commandsOf(parsed)).toEqual(['bad key', 'ttlSec must be 1 to 86400', { kind: 'ping' }]);
  });

  it.each([
    ['a count that is no number', 'SET a 60 x\r\nPING\r\n'],
    ['a missing count', 'SET a 60\r\nPING\r\n'],
    ['a value beyond the limit', `SET a 60 ${MAX_VALUE_BYTES + 1}\r\n`],
    ['a value longer than its count', 'SET a 60 2\r\nlong\r\nPING\r\n'],
    ['a line without an end', 'G'.repeat(300)],
    ['a line that is too long', `GET ${'k'.repeat(300)}\r\nPING\r\n`],
  ])('gives the connection up at %s', (_, text) => {
    const parser = new CommandParser();
    expect(parser.feed(bytes(text))).toMatchObject([{ ok: false, fatal: true }]);
    expect(parser.feed(bytes('PING\r\n'))).toEqual([]);
  });

  it('waits for the rest of a value', () => {
    const parser = new CommandParser();
    expect(parser.feed(bytes('SET a 60 4\r\nab'))).toEqual([]);
    expect(parser.feed(bytes('cd\r'))).toEqual([]);
    expect(parser.feed(bytes('\n'))).toHaveLength(1);
  });
});

describe('ReplyParser', () => {
  it('reads replies however they are cut', () => {
    fc.assert(
      fc.property(fc.array(reply, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 12 }), (replies, cuts) => {
        const parser = new ReplyParser();
        const parsed = pieces(Buffer.concat(replies.map(encodeReply)), cuts).flatMap((piece): readonly (Reply | string)[] => [parser.feed(piece)].flat());
        expect(plain(parsed)).toEqual(plain(replies));
      }),
    );
  });

  it.each(['HTTP/1.1 200 OK\r\n', 'VALUE x\r\n', 'VALUE 99999999\r\n', 'VALUE 1\r\nabc\r\n', '\r\n'])('says broken to %j', (text) => {
    expect(new ReplyParser().feed(bytes(text))).toBe('broken');
  });
});
