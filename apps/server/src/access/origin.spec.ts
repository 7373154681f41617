import { describe, expect, it } from 'vitest';
import { allowedOrigins, checkOrigin } from './origin.js';

const rule = (origin: string) => ({ allowed: allowedOrigins(origin), expected: origin });

describe('the origin check', () => {
  it('takes the configured origin', () => {
    expect(() => checkOrigin('https://faultline.example', rule('https://faultline.example'))).not.toThrow();
  });

  it.each(['http://localhost:7979', 'http://127.0.0.1:7979', 'http://[::1]:7979'])('takes %s for a loopback origin on that port', (origin) => {
    expect(() => checkOrigin(origin, rule('http://localhost:7979'))).not.toThrow();
  });

  it.each([undefined, 'null', '', 'http://localhost:7980', 'https://localhost:7979', 'http://localhost:7979.evil.example', 'http://evil.example'])('refuses %s for it', (origin) => {
    expect(() => checkOrigin(origin, rule('http://localhost:7979'))).toThrow('open Faultline at http://localhost:7979');
  });

  it('takes no loopback name for a public origin', () => {
    expect(() => checkOrigin('http://localhost', rule('https://faultline.example'))).toThrow('refused');
  });
});
