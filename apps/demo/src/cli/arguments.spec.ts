import { describe, expect, it } from 'vitest';
import { parseCommand } from './arguments.js';

const parse = (text: string, databaseUrl?: string) => parseCommand({ argv: text === '' ? [] : text.split(' '), databaseUrl });
const problemOf = (text: string): string => {
  const parsed = parse(text);
  return parsed.ok ? '' : parsed.problem;
};

describe('parseCommand', () => {
  it('reads plan and run', () => {
    expect(parse('plan --out a.json --database-url postgres://h/d')).toEqual({ ok: true, command: { command: 'plan', out: 'a.json', databaseUrl: 'postgres://h/d' } });
    expect(parse('run --plan p.json --database-url postgres://h/d --rate 0.5 --seed 9')).toEqual({
      ok: true,
      command: { command: 'run', plan: 'p.json', databaseUrl: 'postgres://h/d', rate: 0.5, seed: 9 },
    });
  });

  it('takes the database from the environment, unless an argument names one', () => {
    expect(parse('run --plan p.json', 'postgres://env/d')).toMatchObject({ command: { databaseUrl: 'postgres://env/d', rate: 1, seed: 1 } });
    expect(parse('run --plan p.json --database-url postgres://arg/d', 'postgres://env/d')).toMatchObject({ command: { databaseUrl: 'postgres://arg/d' } });
  });

  it.each([
    ['', 'use: plan'],
    ['fly', 'use: plan'],
    ['plan', '--out <file> is needed; --database-url (or DATABASE_URL) is needed'],
    ['run --plan p.json --database-url postgres://h/d --rate fast', '--rate must be a number'],
    ['run --plan p.json --database-url postgres://h/d --rate 0', '--rate must be above 0'],
    ['run --plan p.json --database-url postgres://h/d --seed 1.5', '--seed must be a whole number'],
    ['plan --out a.json --database-url postgres://h/d --seed 1', 'Unrecognized key: "seed"'],
    ['run --speed 3', "Unknown option '--speed'"],
  ])('says what is wrong with "%s"', (text, problem) => {
    expect(problemOf(text)).toContain(problem);
  });
});
