import { expect, it } from 'vitest';
import { readTarget } from './request-target.js';

it.each([
  ['/proxies', '/proxies'],
  ['/proxies/p%31?x=%zz', '/proxies/p1'],
  ['/proxies/a%20%C3%BC', '/proxies/a ü'],
  ['/proxies/p1%2Ftoxics', '/proxies/p1/toxics'],
  ['/proxies/', '/proxies/'],
  ['/version#f', '/version#f'],
  ['/a%25', '/a%'],
])('reads %s as the path %s', (target, path) => expect(readTarget(target)).toEqual({ type: 'path', path, authority: null }));

it.each([
  ['//example.com/x?y', '/example.com/x?y'],
  ['/proxies/../version', '/version'],
  ['/proxies/%2e%2e/version', '/version'],
  ['/%2Fproxies', '/proxies'],
  ['/a%20b//c', '/a%20b/c'],
  ['/a//\u00c3\u00bc', '/a/%C3%BC'],
  ['/..', '/'],
])('moves %s to %s, always on this server', (target, location) => expect(readTarget(target)).toEqual({ type: 'moved', location, authority: null }));

it('keeps the authority of an absolute target', () => {
  expect(readTarget('http://example.com:1/version')).toEqual({ type: 'path', path: '/version', authority: 'example.com:1' });
  expect(readTarget('http://example.com')).toEqual({ type: 'moved', location: '/', authority: 'example.com' });
});

it.each(['/%', '/%zz', '/%4', 'proxies', ''])('cannot read %j', (target) => expect(readTarget(target).type).toBe('unreadable'));
it('knows the server as a whole', () => expect(readTarget('*').type).toBe('server'));
