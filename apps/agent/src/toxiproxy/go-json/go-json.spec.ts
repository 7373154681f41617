import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { findValue } from './find-value.js';
import { readGoJson } from './go-reader.js';
import { goJsonText } from './go-text.js';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const problem = (text: string): string => {
  const found = findValue(Buffer.from(text).toString('latin1'));
  return found.ok ? 'ok' : found.problem;
};
const readInt = (text: string): unknown => readGoJson(bytes(text), (reader) => reader.int('T.a', 'int64'));
const readFloat = (text: string): unknown => readGoJson(bytes(text), (reader) => reader.float32('T.a'));
const readString = (text: string | Buffer): unknown => readGoJson(Buffer.from(text), (reader) => reader.string('T.a'));

describe('the first JSON value of a body', () => {
  it.each([
    ['', 'EOF'],
    [' \n', 'EOF'],
    ['{', 'unexpected EOF'],
    ['tru', 'unexpected EOF'],
    ['1.', 'unexpected EOF'],
    ['"', 'unexpected EOF'],
    ['x', "invalid character 'x' looking for beginning of value"],
    ["'", "invalid character '\\'' looking for beginning of value"],
    ['\0', "invalid character '\\x00' looking for beginning of value"],
    ['\u00ff', "invalid character 'Ã' looking for beginning of value"],
    ['{x', "invalid character 'x' looking for beginning of object key string"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1 2}', "invalid character '2' after object key:value pair"],
    ['{"a":01}', "invalid character '1' after object key:value pair"],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['[1 2]', "invalid character '2' after array element"],
    ['[1,]', "invalid character ']' looking for beginning of value"],
    ['"a\nb"', "invalid character '\\n' in string literal"],
    ['"\\x"', "invalid character 'x' in string escape code"],
    ['"\\u12G4"', "invalid character 'G' in \\u hexadecimal character escape"],
    ['-x', "invalid character 'x' in numeric literal"],
    ['1.x', "invalid character 'x' after decimal point in numeric literal"],
    ['1e+x', "invalid character 'x' in exponent of numeric literal"],
    ['trux', "invalid character 'x' in literal true (expecting 'e')"],
    ['nul ', "invalid character ' ' in literal null (expecting 'l')"],
    ['['.repeat(10_001), "invalid character '[' exceeded max depth"],
    ['{"a":'.repeat(10_001), "invalid character '{' exceeded max depth"],
  ])('says of %j: %s', (text, expected) => expect(problem(text)).toBe(expected));

  it('ends where the value ends and ignores what follows', () => {
    expect(findValue(' {"a":[1,{}]}} x')).toEqual({ ok: true, start: 1, end: 13 });
    expect(findValue('123abc')).toEqual({ ok: true, start: 0, end: 3 });
    expect(findValue('"abc"x')).toEqual({ ok: true, start: 0, end: 5 });
    expect(problem(`${'['.repeat(10_000)}${']'.repeat(10_000)}`)).toBe('ok');
  });

  it('agrees with JSON.parse on what is JSON, over 2,000 texts made of JSON and slightly broken', () => {
    const broken = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '0', '-', '\\', 'e', ' ')).map(([json, place, piece]) => {
      const at = place % (json.length + 1);
      return json.slice(0, at) + piece + json.slice(at + 1);
    });
    fc.assert(
      fc.property(fc.oneof(fc.json(), broken), (text) => {
        const found = findValue(Buffer.from(text).toString('latin1'));
        const rest = found.ok ? Buffer.from(text).subarray(found.end).toString().trim() : '';
        const value = (): unknown => JSON.parse(text);
        if (found.ok && rest === '') expect(value).not.toThrow();
        else expect(value).toThrow();
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('reading by type', () => {
  it('takes whole numbers of 64 bits only, and says which number was refused', () => {
    expect(readInt('-0')).toEqual({ ok: true, value: 0 });
    expect(readInt('77')).toEqual({ ok: true, value: 77 });
    expect(readInt('null')).toEqual({ ok: true, value: undefined });
    expect(readInt('9223372036854775807')).toEqual({ ok: true, value: Number.MAX_SAFE_INTEGER });
    expect(readInt('9223372036854775808')).toEqual({ ok: false, problem: 'json: cannot unmarshal number 9223372036854775808 into Go struct field T.a of type int64' });
    expect(readInt('1.5')).toEqual({ ok: false, problem: 'json: cannot unmarshal number 1.5 into Go struct field T.a of type int64' });
    expect(readInt('1e3')).toEqual({ ok: false, problem: 'json: cannot unmarshal number 1e3 into Go struct field T.a of type int64' });
    expect(readInt('{"a":[1]}')).toEqual({ ok: false, problem: 'json: cannot unmarshal object into Go struct field T.a of type int64' });
  });

  it('keeps 0.1 as 0.1 although it is a 32-bit number', () => {
    expect(readFloat('0.1')).toEqual({ ok: true, value: 0.1 });
    expect(readFloat('0.30000001')).toEqual({ ok: true, value: 0.3 });
    expect(readFloat('123456789')).toEqual({ ok: true, value: 123456790 });
    expect(readFloat('1e40')).toEqual({ ok: false, problem: 'json: cannot unmarshal number 1e40 into Go struct field T.a of type float32' });
  });

  it('matches keys in any case, takes the last of several, and skips what it does not know', () => {
    const seen: (string | undefined)[] = [];
    const text = '{"x":{"name":"no","y":["}","]\\""]},"Name":"a","\\u006eAME":null,"\u017ftream":"s","__proto__":1,"constructor":2,"name":"b"}';
    const result = readGoJson(bytes(text), (reader) => reader.struct('T', null, { name: () => void seen.push(reader.string('T.name')), stream: () => void seen.push(reader.string('T.stream')) }));
    expect(result).toEqual({ ok: true, value: undefined });
    expect(seen).toEqual(['a', undefined, 's', 'b']);
  });

  it('replaces what is not valid UTF-8 or lone in UTF-16', () => {
    expect(readString(Buffer.from([0x22, 0x61, 0xff, 0x22]))).toEqual({ ok: true, value: 'a\ufffd' });
    expect(readString('"\\ud800"')).toEqual({ ok: true, value: '\ufffd' });
    expect(readString('"\\ud83d\\ude00 ü"')).toEqual({ ok: true, value: '😀 ü' });
  });

  it('reports the first of several mismatches', () => {
    const result = readGoJson(bytes('[1,"a",true]'), (reader) => reader.list('[]string', () => void reader.string('T.a')));
    expect(result).toEqual({ ok: false, problem: 'json: cannot unmarshal number into Go struct field T.a of type string' });
  });
});

it('writes what HTML could read as escapes, as Go does', () => {
  expect(goJsonText('<é&\u2028\u0001\u007f\b\f\n\t"\\/>')).toBe('"\\u003cé\\u0026\\u2028\\u0001\u007f\\b\\f\\n\\t\\"\\\\/\\u003e"');
});
