import { describe, expect, it } from 'vitest';
import { readConfig } from './config.js';

const NEEDED = { FAULTLINE_AGENT_SYSTEM: '/s.json', FAULTLINE_AGENT_DATA: '/data' };

describe('readConfig', () => {
  it('fills in what may be left out', () => {
    expect(readConfig(NEEDED)).toMatchObject({ ok: true, config: { server: 'ws://127.0.0.1:7979', name: 'local', enrolToken: null, logLevel: 'info' } });
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
