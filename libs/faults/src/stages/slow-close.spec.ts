import { describe, expect, it } from 'vitest';
import { SlowClose } from './slow-close.js';

describe('slow close', () => {
  it('passes bytes at once and the end late', () => {
    const stage = new SlowClose(250);
    const bytes = new Uint8Array([1, 2]);
    expect(stage.data(bytes, 7)).toEqual([{ type: 'data', atMs: 7, bytes }]);
    expect(stage.end(8)).toEqual([{ type: 'end', atMs: 258 }]);
  });
});
