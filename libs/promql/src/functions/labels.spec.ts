import { describe, expect, it } from 'vitest';
import { QueryError } from '../query-error.js';
import type { NamedSeries } from './function-kinds.js';
import { LABEL_FUNCTIONS } from './labels.js';

const { label_replace: replace, label_join: join } = LABEL_FUNCTIONS;
const SERIES: NamedSeries = { labels: [{ name: '__name__', value: 'up' }, { name: 'host', value: 'db-7.lan' }], dropName: true };
const textOf = ({ labels }: NamedSeries) => labels.map(({ name, value }) => `${name}=${value}`).join();

describe('label_replace', () => {
  const renamed = (...texts: string[]) => textOf(replace.prepare(texts)(SERIES));

  it('puts the groups of a match into the destination label', () => {
    expect(renamed('n', '$2/$1', 'host', '(\\w+)-(\\d+).*')).toBe('__name__=up,host=db-7.lan,n=7/db');
    expect(renamed('n', '${kind}$$$9', 'host', '(?P<kind>\\w+)-.*')).toBe('__name__=up,host=db-7.lan,n=db$');
  });

  it('wants the whole value to match', () => {
    expect(renamed('n', 'x', 'host', 'db-\\d')).toBe('__name__=up,host=db-7.lan');
    expect(renamed('n', 'x', 'host', 'db|db-7.lan')).toBe('__name__=up,host=db-7.lan,n=x');
  });

  it('takes an absent source label as empty, and an empty result away', () => {
    expect(renamed('n', 'x', 'zone', '')).toBe('__name__=up,host=db-7.lan,n=x');
    expect(renamed('host', '', 'host', '.*')).toBe('__name__=up');
  });

  it('gives back the very same series where nothing matches', () => {
    expect(replace.prepare(['n', 'x', 'host', 'web'])(SERIES)).toBe(SERIES);
  });

  it('keeps a name that it was asked to give', () => {
    expect(replace.prepare(['__name__', '${0}_info', '__name__', 'up'])(SERIES)).toMatchObject({ labels: [{ value: 'up_info' }, {}], dropName: false });
    expect(replace.prepare(['n', 'x', 'host', '.*'])(SERIES).dropName).toBe(true);
  });

  it('fails for a pattern or a name that is none', () => {
    expect(() => replace.prepare(['n', 'x', 'host', '(.*'])).toThrow(new QueryError('execution', 'invalid regular expression in label_replace(): (.*'));
    expect(() => replace.prepare(['', 'x', 'host', '.*'])).toThrow(new QueryError('execution', 'invalid destination label name in label_replace(): '));
    expect(() => replace.prepare(['\udcff', 'x', 'host', '.*'])).toThrow(QueryError);
  });
});

describe('label_join', () => {
  it('joins in the order asked for, absent labels as empty', () => {
    expect(textOf(join.prepare(['a', '|', 'host', 'zone', '__name__'])(SERIES))).toBe('__name__=up,a=db-7.lan||up,host=db-7.lan');
    expect(textOf(join.prepare(['host', ','])(SERIES))).toBe('__name__=up');
  });

  it('fails for a name that is none', () => {
    expect(() => join.prepare(['a', '', ''])).toThrow(new QueryError('execution', 'invalid source label name in label_join(): '));
    expect(() => join.prepare(['', '', 'host'])).toThrow(new QueryError('execution', 'invalid destination label name in label_join(): '));
  });
});
