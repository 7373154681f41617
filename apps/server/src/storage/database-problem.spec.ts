import { describe, expect, it } from 'vitest';
import { StartError } from '../config/start-error.js';
import { isDatabaseUnavailable, sqlState } from './database-failure.js';
import { databaseStartError, versionProblem } from './database-problem.js';

const URL_WITH_PASSWORD = 'postgres://ada:geheim@db.example:6543/shop';
const failure = (code: string): Error => Object.assign(new Error('the driver says'), { code });

describe('a database that cannot be used at the start', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', '28P01', '3D000', '42501', '53100', '53300', 'XX000'])('is explained in one line with its address for %s, without the password', (code) => {
    const { message } = databaseStartError(failure(code), URL_WITH_PASSWORD);
    expect(message).toContain('db.example:6543');
    expect(message).not.toMatch(/geheim|\n/);
  });

  it('keeps an explanation that is already one', () => {
    const known = new StartError('too old');
    expect(databaseStartError(known, URL_WITH_PASSWORD)).toBe(known);
  });

  it('is too old below 14', () => {
    expect(versionProblem({ number: '130022', version: '13.22' }, 'db:5432')).toBe('The database at db:5432 is PostgreSQL 13.22; Faultline needs 14 or newer. Point DATABASE_URL at a newer one.');
    expect(versionProblem({ number: '140000', version: '14.0' }, 'db:5432')).toBeNull();
  });
});

describe('a failed query', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', '57P01', '57P02', '57P03', '08006', '53300'])('with %s means that the database is away, also inside the error of the ORM', (code) => {
    expect(isDatabaseUnavailable(failure(code))).toBe(true);
    expect(isDatabaseUnavailable(Object.assign(new Error('QueryFailedError'), { driverError: failure(code) }))).toBe(true);
    expect(isDatabaseUnavailable(new Error('wrapped', { cause: failure(code) }))).toBe(true);
  });

  it('means so too when the driver lost the connection without a code', () => {
    expect(isDatabaseUnavailable(new Error('Connection terminated unexpectedly'))).toBe(true);
  });

  it.each(['23505', '42P01', '40001', 'ERR_ASSERTION'])('with %s is a mistake of ours', (code) => {
    expect(isDatabaseUnavailable(failure(code))).toBe(false);
    expect(sqlState(failure(code))).toBe(code);
  });

  it('that is no error at all is not blamed on the database', () => {
    expect(isDatabaseUnavailable('ECONNREFUSED')).toBe(false);
  });
});
