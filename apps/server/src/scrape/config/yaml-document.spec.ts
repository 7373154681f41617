import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readYaml } from './yaml-document.js';

const problemsOf = (text: string, schema: z.ZodType): string[] => {
  const document = readYaml('p.yml', text);
  const parsed = schema.safeParse(document.root);
  return parsed.success ? [] : document.problems(parsed.error).map(({ at, message }) => `${at?.line}:${at?.column} ${message}`);
};

describe('readYaml', () => {
  it('keeps scalars as they are written', () => {
    expect(readYaml('p.yml', 'a: 1.10\nb: on\nc: 0x1F\nd: "x\\ty"\ne: ~\nf:\ng: [010, true]\n').root).toEqual({ a: '1.10', b: 'on', c: '0x1F', d: 'x\ty', e: null, f: null, g: ['010', 'true'] });
  });

  it('follows aliases and merges', () => {
    const text = 'x: &x {a: 1, b: 2}\ny: &y {a: 3, c: 4}\nz: {<<: [*x, *y], b: 5}\nw: *x\n';
    expect(readYaml('p.yml', text).root).toMatchObject({ z: { a: '1', b: '5', c: '4' }, w: { a: '1', b: '2' } });
  });

  it.each([
    ['a: [1\n', 'p.yml:2:1: '],
    ['a: 1\na: 2\n', 'p.yml:2:1: '],
    ['a: &a [*a]\n', 'An alias stands within'],
    ['? [1]\n: 2\n', 'A key must be a text'],
  ])('refuses %j with its place', (text, message) => {
    expect(() => readYaml('p.yml', text)).toThrow(message);
  });

  it('refuses aliases that multiply', () => {
    const laughs = Array.from({ length: 9 }, (_, i) => `a${i}: &a${i} [${Array.from({ length: 9 }, () => (i === 0 ? 'ha' : `*a${i - 1}`)).join(', ')}]`);
    expect(() => readYaml('p.yml', `${laughs.join('\n')}\n`)).toThrow('more than 500000 values');
  });

  it('finds the place of what a schema refuses', () => {
    const schema = z.strictObject({ list: z.array(z.strictObject({ size: z.string().regex(/^\d+$/, 'must be a number'), need: z.string() })) });
    expect(problemsOf('list:\n  - size: x\n    need: y\n  - need: z\n    size: 3\n    other: 1\n', schema)).toEqual([
      '2:5 list[0].size: must be a number',
      '6:5 list[1]: there is no option "other"',
    ]);
    expect(problemsOf('list:\n  - size: 1\n', schema)).toEqual([expect.stringMatching(/^2:5 list\[0\]\.need: /)]);
  });
});
