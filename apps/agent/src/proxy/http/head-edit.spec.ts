import type { HeaderEdit } from '#faults';
import { describe, expect, it } from 'vitest';
import { editedHead } from './head-edit.js';

const HEAD = 'HTTP/1.1 200 OK\r\nA: 1\r\nb:2\r\nCONTENT-length: 3\r\nA: 4\r\n\r\n';

function edit(...edits: Partial<HeaderEdit>[]): string {
  return editedHead(
    Buffer.from(HEAD, 'latin1'),
    edits.map((it) => ({ remove: [], set: [], ...it })),
    [],
  ).toString('latin1');
}

describe('editedHead', () => {
  it('gives the same bytes back where nothing is to be done', () => {
    expect(edit()).toBe(HEAD);
    expect(edit({ remove: ['absent'] })).toBe(HEAD);
  });

  it('removes every line of a name, in any case', () => {
    expect(edit({ remove: ['a'] })).toBe('HTTP/1.1 200 OK\r\nb:2\r\nCONTENT-length: 3\r\n\r\n');
  });

  it('puts a new value where the first of its name stood, and a new name last', () => {
    expect(edit({ set: [{ name: 'a', value: 'x' }, { name: 'C', value: 'y' }] })).toBe('HTTP/1.1 200 OK\r\na: x\r\nb:2\r\nCONTENT-length: 3\r\nC: y\r\n\r\n');
  });

  it('removes before it sets, and makes edits in their order', () => {
    expect(edit({ remove: ['b'], set: [{ name: 'B', value: '1' }] }, { set: [{ name: 'b', value: '2' }] })).toBe('HTTP/1.1 200 OK\r\nA: 1\r\nCONTENT-length: 3\r\nA: 4\r\nb: 2\r\n\r\n');
  });

  it('leaves what frames the message alone, whoever asks', () => {
    expect(edit({ remove: ['content-length', 'Transfer-Encoding'], set: [{ name: 'Content-Length', value: '9' }, { name: 'transfer-encoding', value: 'chunked' }] })).toBe(HEAD);
  });

  it('names the announced faults in a line of their own', () => {
    expect(editedHead(Buffer.from(HEAD), [], ['f', 'g']).toString()).toBe(HEAD.replace('\r\n\r\n', '\r\nX-Faultline-Fault: f, g\r\n\r\n'));
  });
});
