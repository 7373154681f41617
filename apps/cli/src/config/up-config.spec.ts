import { describe, expect, it } from 'vitest';
import { parseUpConfig, type UpConfig } from './up-config.js';
import { parseUpOptions } from './up-options.js';

function config(command: string, environment: Record<string, string> = {}): UpConfig {
  return parseUpConfig({ ...parseUpOptions(command === '' ? [] : command.split(' ')), directory: '/home/me' }, environment);
}

describe('parseUpConfig', () => {
  it('needs nothing', () => {
    expect(config('')).toMatchObject({ port: 7_979, dataDir: '/home/me/.faultline', databaseUrl: null, demo: { rate: null }, systemFile: null, policyFile: null, toxiproxyPort: 8_474, startedByNpm: false });
  });

  it('reads every option, paths relative to where the user stands', () => {
    expect(config('--port 8080 --data-dir ../data --rate 0.5')).toMatchObject({ port: 8_080, dataDir: '/home/data', demo: { rate: 0.5 } });
    expect(config('--no-demo --system sys.json --policy ../p.json')).toMatchObject({ demo: null, systemFile: '/home/me/sys.json', policyFile: '/home/p.json' });
    expect([config('--toxiproxy-port 9000').toxiproxyPort, config('--toxiproxy-port off').toxiproxyPort]).toEqual([9_000, null]);
  });

  it('takes the database from the environment, and an empty one as none', () => {
    expect(config('', { DATABASE_URL: 'postgres://h/d' }).databaseUrl).toBe('postgres://h/d');
    expect(config('', { DATABASE_URL: '' }).databaseUrl).toBeNull();
  });

  it('passes on to the children what is not for us or for npm', () => {
    const environment = { PATH: '/bin', DATABASE_URL: 'postgres://h/d', npm_lifecycle_event: 'start', INIT_CWD: '/', FAULTLINE_LOG_LEVEL: 'warn', FAULTLINE_MAX_ACTIVE_FAULTS: '5', FAULTLINE_URL: 'http://h', FAULTLINE_TOKEN: 'hidden' };
    const { childEnvironment, startedByNpm } = config('', environment);
    expect({ childEnvironment, startedByNpm }).toEqual({ childEnvironment: { PATH: '/bin', FAULTLINE_LOG_LEVEL: 'warn', FAULTLINE_MAX_ACTIVE_FAULTS: '5' }, startedByNpm: true });
  });

  it('reports all problems at once', () => {
    const all = (): UpConfig => config('--port 0 --rate=-1', { DATABASE_URL: 'mysql://h/d', FAULTLINE_PROT: '1' });
    for (const problem of ['--port must be 1 to 65535', '--rate must be above 0', 'DATABASE_URL must be a URL like postgres://', 'FAULTLINE_PROT is not a setting']) expect(all).toThrow(problem);
  });

  it('never repeats the database URL, which carries a password', () => {
    expect(() => config('', { DATABASE_URL: 'mysql://me:hidden@h/d' })).toThrow(/^(?!.*hidden)/);
  });

  it.each([
    ['--prot 1', "Unknown option '--prot'"],
    ['start', "Unexpected argument 'start'"],
    ['--port', "Option '--port <value>' argument missing"],
    ['--system s.json', '--system needs --no-demo'],
    ['--policy p.json', '--policy needs --system'],
    ['--toxiproxy-port on', '--toxiproxy-port must be a port number'],
    ['--no-demo --rate 2', '--rate is the load of the demo'],
  ])('refuses `%s` with the usage', (command, problem) => {
    expect(() => config(command)).toThrow(problem);
    expect(() => config(command)).toThrow('Usage: faultline up [--port N]');
  });
});
