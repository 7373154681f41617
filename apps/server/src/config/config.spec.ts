import { describe, expect, it } from 'vitest';
import { parseConfig } from './config.js';
import { ConfigError } from './start-error.js';

const DATABASE_URL = 'postgres://faultline:secret@127.0.0.1:5432/faultline';

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    parseConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('needs only the database', () => {
    const config = parseConfig({ DATABASE_URL });
    expect(config).toMatchObject({ http: { host: '127.0.0.1', port: 7979, origin: 'http://localhost:7979' }, storage: { url: DATABASE_URL }, access: { signInLink: 'first' }, log: { level: 'info' } });
    expect(config.limits).toEqual({ maxActiveFaults: 100, maxSelectedPercent: 100, maxFaultDurationSec: 3_600 });
    expect(config.http.webDir).toMatch(/^[/\\A-Z].*dist.web$/);
  });

  it('is frozen in every group', () => {
    const config = parseConfig({ DATABASE_URL });
    expect([config, config.http, config.storage, config.access, config.limits, config.log].every(Object.isFrozen)).toBe(true);
  });

  it('derives the origin from the port', () => {
    expect(parseConfig({ DATABASE_URL, FAULTLINE_PORT: '8080' }).http.origin).toBe('http://localhost:8080');
    expect(parseConfig({ DATABASE_URL, FAULTLINE_ORIGIN: 'https://faultline.example/' }).http.origin).toBe('https://faultline.example');
  });

  it('lists every problem at once', () => {
    expect(problemsOf({ FAULTLINE_PORT: '0', FAULTLINE_ORIGIN: 'https://a.example/path', FAULTLINE_LOG_LEVEL: 'loud', FAULTLINE_SIGN_IN_LINK: 'never' })).toHaveLength(5);
  });

  it('refuses settings it does not know, and leaves other programs theirs', () => {
    expect(problemsOf({ DATABASE_URL, FAULTLINE_PROT: '1', PATH: '/bin' })).toEqual(['FAULTLINE_PROT is not a setting of the server']);
  });

  it.each(['65536', '-1', '80.5', 'http', ''])('refuses the port %j', (port) => {
    expect(problemsOf({ DATABASE_URL, FAULTLINE_PORT: port })).toHaveLength(1);
  });

  it.each([
    ['FAULTLINE_MAX_ACTIVE_FAULTS', '0'],
    ['FAULTLINE_MAX_ACTIVE_FAULTS', '10001'],
    ['FAULTLINE_MAX_SELECTED_PERCENT', '101'],
    ['FAULTLINE_MAX_SELECTED_PERCENT', '12.5'],
    ['FAULTLINE_MAX_FAULT_DURATION_SEC', '3601'],
    ['FAULTLINE_MAX_FAULT_DURATION_SEC', 'an hour'],
  ])('refuses %s=%s and says what it takes', (setting, value) => {
    expect(problemsOf({ DATABASE_URL, [setting]: value })).toEqual([expect.stringMatching(new RegExp(`^${setting} must be a whole number from 1 to \\d+$`))]);
  });

  it('never repeats the database URL, which carries a password', () => {
    expect(problemsOf({ DATABASE_URL: 'mysql://root:geheim@db/x' }).join()).not.toContain('geheim');
  });
});
