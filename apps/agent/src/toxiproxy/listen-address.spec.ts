import { expect, it } from 'vitest';
import { addressProblem, resolveListen } from './listen-address.js';

it.each([
  ['', ':0', ':0'],
  [':', ':0', ':0'],
  [':8080', ':8080', ':8080'],
  ['127.0.0.1:80', '127.0.0.1:80', '127.0.0.1:80'],
  ['127.0.0.1:+80', '127.0.0.1:80', '127.0.0.1:80'],
  ['127.0.0.1:', '127.0.0.1:0', '127.0.0.1:0'],
  ['0.0.0.0:80', '0.0.0.0:80', ':80'],
  ['[::]:80', '[::]:80', ':80'],
  ['[]:80', ':80', ':80'],
  ['[2001:DB8:0:0::1]:80', '[2001:db8::1]:80', '[2001:db8::1]:80'],
  ['[::ffff:127.0.0.1]:80', '127.0.0.1:80', '127.0.0.1:80'],
])('resolves %s as Go does', async (text, printed, listenOn) => {
  expect(await resolveListen(text)).toEqual({ ok: true, address: { text: printed, listenOn } });
});

it.each([
  ['local373', 'address local373: missing port in address'],
  ['[::1', "address [::1: missing ']' in address"],
  ['[::1]', 'address [::1]: missing port in address'],
  ['[::1]:80:80', 'address [::1]:80:80: too many colons in address'],
  ['::1:5', 'address ::1:5: too many colons in address'],
  ['[a]b:5', 'address [a]b:5: missing port in address'],
  ['[a[b]:5', "address [a[b]:5: unexpected '[' in address"],
  ['a]b:5', "address a]b:5: unexpected ']' in address"],
  ['127.0.0.1:99999', 'address 99999: invalid port'],
  ['127.0.0.1:-1', 'address -1: invalid port'],
  ['127.0.0.1:abc', 'lookup tcp/abc: unknown port'],
  ['127.0.0.1:0x10', 'lookup tcp/0x10: unknown port'],
  ['256.1.1.1:5', 'lookup 256.1.1.1: no such host'],
  ['127.1:0', 'lookup 127.1: no such host'],
  ['a b:5', 'lookup a b: no such host'],
])('says of %s: %s', async (text, problem) => {
  expect(await resolveListen(text)).toEqual({ ok: false, problem });
  expect(addressProblem(text)).toBe(problem);
});
