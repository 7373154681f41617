import type { IncomingMessage } from 'node:http';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { isLoopback, refuseStranger } from './callers.js';

const from = (headers: IncomingMessage['headers']): IncomingMessage => ({ headers }) as IncomingMessage;
const refusal = (headers: IncomingMessage['headers'], listenHost = '127.0.0.1', authority: string | null = null): number | null => refuseStranger(from(headers), authority, listenHost)?.status ?? null;

describe('the host that a request names', () => {
  it.each(['127.0.0.1:8474', 'localhost:8474', 'LOCALHOST', 'sub.localhost:1', '[::1]:8474', '127.9.9.9'])('%s is this machine', (host) => expect(refusal({ host })).toBeNull());
  it.each(['example.com', 'example.com:8474', '10.0.0.1:8474', '', '127.0.0.1.example.com', 'localhost.example.com', '127.0.0.1:80:80', '[::1', 'localhost:8474@example.com'])('%s is not', (host) => expect(refusal({ host })).toBe(403));
  it('must be there', () => expect(refusal({})).toBe(403));
  it('is that of an absolute target when there is one', () => {
    expect(refusal({ host: 'localhost' }, '127.0.0.1', 'example.com')).toBe(403);
    expect(refusal({ host: 'example.com' }, '127.0.0.1', 'localhost:8474')).toBeNull();
  });

  it('may be the address that is listened on', () => {
    expect(refusal({ host: '10.0.0.1:8474' }, '10.0.0.1')).toBeNull();
    expect(refusal({ host: 'Proxy.Example:8474' }, 'proxy.example')).toBeNull();
  });

  it('may on every address be an address, the name of the machine, or a name that nobody outside can own', () => {
    for (const host of ['10.0.0.1:8474', '[fe80::1]:8474', 'toxiproxy:8474', hostname()]) expect(refusal({ host }, '0.0.0.0')).toBeNull();
    for (const host of ['rebound.example.com:8474', '']) expect(refusal({ host }, '0.0.0.0')).toBe(403);
  });
});

describe('the origin that a page sends', () => {
  it('must be this listener', () => {
    expect(refusal({ host: 'localhost:8474', origin: 'http://localhost:8474' })).toBeNull();
    for (const origin of ['http://example.com', 'null', '', 'http://localhost:3000', 'https://localhost:8474']) expect(refusal({ host: 'localhost:8474', origin })).toBe(403);
  });
});

it('knows which hosts only this machine reaches', () => {
  for (const host of ['localhost', '127.0.0.1', '::1']) expect(isLoopback(host)).toBe(true);
  for (const host of ['', '0.0.0.0', '::', '10.0.0.1', 'example.com']) expect(isLoopback(host)).toBe(false);
});
