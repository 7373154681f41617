import { describe, expect, it } from 'vitest';
import { toAppError } from './request.js';

describe('toAppError', () => {
  it('keeps the code and the details, so the message is the server\'s', () => {
    const error = toAppError(409, { error: { code: 'FAULT_CONFLICT', message: 'x', details: { faultId: 'f1', target: 'a -> b' } } });
    expect(error.code).toBe('FAULT_CONFLICT');
    expect(error.message).toBe('The fault f1 already acts on a -> b. Stop it first.');
  });

  it('keeps the message of a code it does not know', () => {
    const error = toAppError(418, { error: { code: 'FROM_THE_FUTURE', message: 'Tea only', details: {} } });
    expect(error.code).toBe('SERVER_UNREACHABLE');
    expect(error.message).toContain('Tea only');
  });

  it('names the status when the body says nothing', () => {
    expect(toAppError(502, undefined).message).toContain('status 502');
    expect(toAppError(502, 'bad gateway').message).toContain('status 502');
  });

  it('does not take an inherited property for an error code', () => {
    expect(toAppError(500, { error: { code: 'toString' } }).code).toBe('SERVER_UNREACHABLE');
  });
});
