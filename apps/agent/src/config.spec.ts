import { describe, expect, it } from 'vitest';
import { readConfig } from './config.js';

const NEEDED = { FAULTLINE_AGENT_SYSTEM: '/s.json', FAULTLINE_AGENT_DATA: '/data' };

describe('readConfig', () => {
  it('fills in what may be left out', () => {
    expect(readConfig(NEEDED)).toMatchObject({ ok: true, config: { server: 'ws://127.0.0.1:7979', name: 'local', enrolToken: null, logLevel: 'info' } });
  });

  it('serves the Toxiproxy API where its clients look for it, elsewhere, or not at all', () => {
    const toxiproxy = (env: Record<string, string>): unknown => {
      const result = readConfig({ ...NEEDED, ...env });
      return result.ok ? result.config.toxiproxy : result.problem;
    };
    expect(toxiproxy({})).toEqual({ host: '127.0.0.1', port: 8_474, version: expect.stringMatching(/^2\./), strict: false, file: null });
    expect(toxiproxy({ FAULTLINE_AGENT_TOXIPROXY: 'off' })).toBeNull();
    const all = { FAULTLINE_AGENT_TOXIPROXY: '[::1]:9', FAULTLINE_AGENT_TOXIPROXY_VERSION: '2.1.4', FAULTLINE_AGENT_TOXIPROXY_CONFIG: '/t.json', FAULTLINE_AGENT_TOXIPROXY_STRICT: 'true' };
    expect(toxiproxy(all)).toEqual({ host: '::1', port: 9, version: '2.1.4', strict: true, file: '/t.json' });
    for (const wrong of ['8474', 'localhost:99999', 'none']) expect(toxiproxy({ FAULTLINE_AGENT_TOXIPROXY: wrong })).toContain('FAULTLINE_AGENT_TOXIPROXY');
    expect(toxiproxy({ FAULTLINE_AGENT_TOXIPROXY_STRICT: 'yes' })).toContain('must be true or false');
  });

  it('names every problem at once', () => {
    const result = readConfig({ FAULTLINE_SERVER: 'http://x', FAULTLINE_AGENT_NAME: '-', FAULTLINE_AGENT_DIR: '/typo' });
    expect(result.ok).toBe(false);
    if (result.ok) return;
    for (const key of ['FAULTLINE_SERVER', 'FAULTLINE_AGENT_NAME', 'FAULTLINE_AGENT_SYSTEM', 'FAULTLINE_AGENT_DATA', 'FAULTLINE_AGENT_DIR']) expect(result.problem).toContain(key);
  });

  it('leaves keys of other parts alone', () => {
    expect(readConfig({ ...NEEDED, FAULTLINE_PORT: '1', PATH: '/bin' }).ok).toBe(true);
  });
});
