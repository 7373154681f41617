import { BadRequestException, InternalServerErrorException, NotFoundException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '#contracts';
import { reportFailure } from './report-failure.js';
import { ZodPipe } from './zod-body.pipe.js';

function report(failure: unknown): { error: AppError; logged: unknown[] } {
  const logged: unknown[] = [];
  const note = (message: unknown): void => void logged.push(message);
  return { error: reportFailure(failure, { error: note, warn: note }), logged };
}

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

describe('a failure', () => {
  it('raised on purpose is answered as it is and not logged', () => {
    const raised = new AppError('LAST_ADMIN');
    expect(report(raised)).toEqual({ error: raised, logged: [] });
  });

  it('of the framework becomes ours', () => {
    expect(report(new NotFoundException('Cannot GET /x')).error.message).toBe('There is no route "GET /x".');
    expect(report(new BadRequestException('not JSON')).error.code).toBe('INVALID_REQUEST');
    expect(report(new InternalServerErrorException()).error.code).toBe('INTERNAL');
  });

  it('nobody foresaw is logged in full under the id that is shown, and nothing else of it is shown', () => {
    const cause = new Error('password is geheim');
    const { error, logged } = report(cause);
    expect(error.code).toBe('INTERNAL');
    expect(logged).toEqual([{ logId: error.details['logId'], err: cause }]);
    expect(JSON.stringify([error.message, error.details])).not.toContain('geheim');
  });

  it('of the connection to the database can be tried again', () => {
    expect(report(Object.assign(new Error('x'), { code: 'ECONNREFUSED' })).error.code).toBe('DATABASE_UNAVAILABLE');
  });
});

describe('a wrong body', () => {
  const pipe = new ZodPipe(z.strictObject({ name: z.string(), fault: z.strictObject({ latencyMs: z.number().min(1) }) }));

  it('is refused with every problem and its path', () => {
    const error = thrownBy(() => pipe.transform({ name: 1, fault: { latencyMs: 0 }, extra: true }));
    expect(String(error)).toMatch(/name: .*fault\.latencyMs: .*request: .*extra/);
  });

  it('with very many problems is answered with a few', () => {
    const many = new ZodPipe(z.array(z.number()));
    const error = thrownBy(() => many.transform(Array.from({ length: 1_000 }, () => 'x')));
    expect(String(error)).toContain('and 980 more');
    expect(String(error).length).toBeLessThan(2_000);
  });
});
