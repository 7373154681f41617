import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalPath } from './normal-path.js';

describe('normalPath', () => {
  it.each([
    ['/', '/'],
    ['/a/b', '/a/b'],
    ['/a/b/?q=/../x#f', '/a/b/'],
    ['/%61%7E%2d%2e%5F', '/a~-._'],
    ['/a%2fb%3fc%25', '/a%2Fb%3Fc%25'],
    ['/%2561', '/%2561'],
    ['/a/./b/../c', '/a/c'],
    ['/a/%2e%2E/admin', '/admin'],
    ['/../../admin', '/admin'],
    ['/a/..', '/'],
    ['/a/b/.', '/a/b/'],
    ['/...', '/...'],
    ['//a///b', '/a/b'],
    ['/a//../b', '/b'],
    ['http://host:80/a?b', '/a'],
    ['HTTPS://user@host', '/'],
    ['http://host?q', '/'],
    ['//host/a', '/host/a'],
    ['/%zz%4', '/%zz%4'],
    ['/caf\xe9', '/caf%E9'],
    ['*', '*'],
    ['host:443', ''],
  ])('reads %j as %j', (target, path) => {
    expect(normalPath(target)).toBe(path);
  });

  it('changes nothing of what it gave, over 5,000 random targets', { timeout: 60_000 }, () => {
    const target = fc.string({ unit: fc.constantFrom('/', '.', '..', 'a', '%2e', '%2F', '%', '%2', '?', '#', 'http:', '\xe9', '*'), maxLength: 12 });
    fc.assert(
      fc.property(target, (text) => {
        const path = normalPath(text);
        expect(normalPath(path)).toBe(path);
        expect(path).not.toMatch(/\/\/|\/\.\.?(\/|$)|[?#]/);
      }),
      { numRuns: 5_000 },
    );
  });
});
