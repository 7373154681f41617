import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseFolders, readCase } from './case.js';
import { judge } from './judge.js';

const root = mkdtempSync(join(tmpdir(), 'openmetrics-'));
const bodyOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

beforeAll(() => {
  write('good/test.json', '{"type": "text", "file": "body", "shouldParse": true}');
  write('good/body', 'a 1\n# EOF\n');
  write('deep/bad/test.json', '{"parse": {"type": "text", "file": "body"}, "outcome": {"parseResult": {"valid": false}}}');
  write('deep/bad/body', 'a 1\n');
  write('binary/test.json', '{"type": "proto", "file": "body", "shouldParse": true}');
  write('unclear/test.json', '{"type": "text", "file": "body"}');
  write('gone/test.json', '{"type": "text", "file": "body", "shouldParse": true}');
  write('broken/test.json', '{');
  write('other/readme', 'no case');
});
afterAll(() => rmSync(root, { recursive: true }));

describe('the OpenMetrics suite', () => {
  it('finds cases at any depth', () => expect(caseFolders(root).map((folder) => folder.slice(root.length + 1))).toEqual(['binary', 'broken', 'deep/bad', 'gone', 'good', 'unclear']));

  it('reads both forms of a case', () => {
    expect(readCase(join(root, 'good'), 'good')).toMatchObject({ kind: 'case', isValid: true });
    expect(readCase(join(root, 'deep/bad'), 'bad')).toMatchObject({ kind: 'case', isValid: false });
  });

  it.each([['binary', /type "proto"/], ['unclear', /no file and outcome/], ['gone', /ENOENT/], ['broken', /JSON/]])('says why it leaves out %s', (name, reason) =>
    expect(readCase(join(root, name), name)).toEqual({ kind: 'skipped', name, reason: expect.stringMatching(reason) }),
  );

  it.each([
    ['# TYPE a counter\na_total 1 # {b="c"} 1\n# EOF\n', true],
    ['# TYPE a counter\na 1\n# EOF\n', false],
    ['a 1\n', false],
  ])('passes what is judged rightly: %j', (text, isValid) => expect(judge({ body: bodyOf(text), isValid })).toBeNull());

  it('fails a good body that is expected to be bad', () => expect(judge({ body: bodyOf('a 1\n# EOF\n'), isValid: false })).toEqual({ expected: 'invalid', got: 'valid' }));

  it('fails a bad body that is expected to be good', () =>
    expect(judge({ body: bodyOf('a NaN NaN\n# EOF\n'), isValid: true })).toEqual({ expected: 'valid', got: expect.stringMatching(/^invalid: Line 1, column 7/) }));
});
