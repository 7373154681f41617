import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from './functions.js';
import { SIGNATURES, type FunctionName, type Signature } from './signatures.js';

const names = Object.keys(SIGNATURES) as FunctionName[];
const signatureOf = (name: FunctionName): Signature => SIGNATURES[name];

describe('FUNCTIONS', () => {
  it('has every function that the parser knows, and no other', () => {
    expect(Object.keys(FUNCTIONS).sort()).toEqual([...names].sort());
  });

  it.each(names)('does %s as its signature says', (name) => {
    const { args, returns } = signatureOf(name);
    const { kind } = FUNCTIONS[name];
    expect(kind === 'scalar').toBe(returns === 'scalar');
    if (kind !== 'engine') expect(kind === 'range').toBe(args.includes('matrix'));
    if (kind === 'sample') expect(args.slice(1).every((type) => type === 'scalar')).toBe(true);
    if (kind === 'label') expect(args.slice(1).every((type) => type === 'string')).toBe(true);
  });

  it('takes the name away from all range functions but those that pick a sample', () => {
    const keeping = names.filter((name) => {
      const definition = FUNCTIONS[name];
      return definition.kind === 'range' && definition.keepsName;
    });
    expect(keeping).toEqual(['first_over_time', 'last_over_time']);
  });
});
