import { describe, expect, it } from 'vitest';
import { JsonBody } from './json-body.js';

const textOf = (body: JsonBody): string => {
  const { buffer, length } = body.finish();
  return new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(buffer, 0, length));
};

describe('a body', () => {
  it('holds what was written, however long it grows', async () => {
    const body = new JsonBody(async () => undefined);
    const items = Array.from({ length: 5_000 }, (_, i) => `"ключ 💡 ${i}"`);
    body.writeAscii('[');
    await body.writeEach(items, (item) => body.write(item));
    body.writeAscii(']');
    expect(textOf(body)).toBe(`[${items.join(',')}]`);
  });

  it('of an empty list has no commas', async () => {
    const body = new JsonBody(async () => undefined);
    await body.writeEach([], () => body.write('x'));
    expect(textOf(body)).toBe('');
  });

  it('lets others have a turn during long writing, and ends when the turn says so', async () => {
    let turns = 0;
    const body = new JsonBody(async () => {
      if (++turns === 3) throw new Error('ended');
    });
    const items = Array.from({ length: 100 }, () => 'x'.repeat(100_000));
    await expect(body.writeEach(items, (item) => body.write(item))).rejects.toThrow('ended');
    expect(turns).toBe(3);
  });

  it('is refused when it would become longer than anybody reads', () => {
    const body = new JsonBody(async () => undefined, 10_000);
    for (let i = 0; i < 9; i++) body.writeAscii('x'.repeat(1_000));
    expect(() => body.writeAscii('x'.repeat(1_001))).toThrow('the answer would have more than 10000 bytes');
  });
});
